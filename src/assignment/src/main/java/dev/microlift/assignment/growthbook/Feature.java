package dev.microlift.assignment.growthbook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled feature: the first rule that applies decides its value. */
record Feature(@Nullable Object defaultValue, List<Rule> rules) {

    Feature {
        rules = List.copyOf(rules);
    }
}
