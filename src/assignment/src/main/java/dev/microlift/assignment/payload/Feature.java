package dev.microlift.assignment.payload;

import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Assignment;
import dev.microlift.assignment.Evaluator;
import dev.microlift.assignment.ExperimentRule;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with the values of its arms.
 *
 * @param values the value of each arm by the arm's key; JSON-like, null for JSON's null
 * @param sticky whether a unit that was in the experiment stays in it when targeting later excludes it
 */
public record Feature(Evaluator evaluator, Map<String, @Nullable Object> values, boolean sticky) {

    public Feature {
        values = Collections.unmodifiableMap(new HashMap<>(values));
    }

    public ExperimentRule rule() {
        return evaluator.rule();
    }

    public String key() {
        return rule().key();
    }

    /** The value that an arm serves. */
    public @Nullable Object value(Arm arm) {
        return values.get(arm.key());
    }

    /** The seed of the running phase: tells one run of an experiment from the next; none if nobody is hashed. */
    public Optional<String> seed() {
        return rule().assignment() instanceof Assignment.Hashed hashed ? Optional.of(hashed.seed()) : Optional.empty();
    }
}
