package dev.microlift.assignment.payload;

import dev.microlift.assignment.RegexEngine;
import dev.microlift.assignment.growthbook.Features;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Features that no server of ours made. They are evaluated as their format is published, and so may be more than
 * experiments: forced values, rollouts, features that depend on one another.
 *
 * @param keys theirs alone, in the payload's order
 * @param all every feature of the payload, because they may depend on any
 */
public record ForeignFeatures(Set<String> keys, Features all) {

    public ForeignFeatures {
        keys = Collections.unmodifiableSet(new LinkedHashSet<>(keys));
    }

    /** @param named keys of the features that are not ours; one that makes no sense is left out */
    static ForeignFeatures read(Map<?, ?> payload, Set<String> named, RegexEngine regex) {
        Features all = Features.compile(named.isEmpty() ? Map.of() : payload, regex);
        Set<String> keys = new LinkedHashSet<>(named);
        keys.retainAll(all.keys());
        return new ForeignFeatures(keys, all);
    }
}
