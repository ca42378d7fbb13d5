package dev.microlift.openfeature;

import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.Evaluator;
import dev.microlift.assignment.payload.Feature;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An experiment whose outcomes are all made beforehand, so that an assignment picks one and allocates nothing. */
final class Flag {

    private final Evaluator evaluator;
    private final IdentityHashMap<Evaluation, FlagAnswer> answers = new IdentityHashMap<>();

    Flag(Feature feature) {
        evaluator = feature.evaluator();
        evaluator.answers().forEach(evaluation -> answers.put(evaluation, FlagAnswer.of(feature, evaluation)));
    }

    String key() {
        return evaluator.rule().key();
    }

    String unitType() {
        return evaluator.rule().unitType();
    }

    /** What a unit gets. */
    FlagAnswer answer(@Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        Evaluation evaluation = evaluator.evaluate(targetingKey, attributes);
        FlagAnswer answer = answers.get(evaluation);
        if (answer == null) {
            throw new IllegalStateException("no answer was prepared for " + evaluation);
        }
        return answer;
    }
}
