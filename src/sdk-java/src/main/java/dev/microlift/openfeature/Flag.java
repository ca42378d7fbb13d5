package dev.microlift.openfeature;

import dev.microlift.assignment.EvaluationContext;
import dev.microlift.assignment.Evaluator;
import dev.microlift.assignment.payload.Feature;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An experiment whose outcomes are all made beforehand, so that an assignment picks one and allocates nothing. */
final class Flag {

    private final Evaluator evaluator;
    /** In the order of the evaluator's answers. */
    private final FlagAnswer[] answers;

    Flag(Feature feature) {
        evaluator = feature.evaluator();
        answers = evaluator.answers().stream()
                .map(evaluation -> FlagAnswer.of(feature, evaluation))
                .toArray(FlagAnswer[]::new);
    }

    String key() {
        return evaluator.rule().key();
    }

    String unitType() {
        return evaluator.rule().unitType();
    }

    /** What a unit gets. */
    FlagAnswer answer(@Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        return answerFor(EvaluationContext.unitIdOrNull(unitType(), targetingKey, attributes), attributes);
    }

    /** What the unit with this id gets; null if there is no id of the experiment's unit type. */
    FlagAnswer answerFor(@Nullable String unitId, Map<String, ? extends @Nullable Object> attributes) {
        return answers[evaluator.position(unitId, attributes)];
    }
}
