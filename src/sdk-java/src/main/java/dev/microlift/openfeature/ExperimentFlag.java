package dev.microlift.openfeature;

import dev.microlift.assignment.Condition;
import dev.microlift.assignment.Evaluator;
import dev.microlift.assignment.payload.Feature;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An experiment whose outcomes are all made beforehand, so that an assignment picks one and allocates nothing. */
final class ExperimentFlag implements Flag {

    private final Evaluator evaluator;
    private final String unitType;
    /** In the order of the evaluator's answers. */
    private final ExperimentAnswer[] answers;

    ExperimentFlag(Feature feature) {
        evaluator = feature.evaluator();
        unitType = evaluator.rule().unitType();
        answers = evaluator.answers().stream()
                .map(evaluation -> ExperimentAnswer.of(feature, evaluation))
                .toArray(ExperimentAnswer[]::new);
    }

    @Override
    public String key() {
        return evaluator.rule().key();
    }

    @Override
    public String unitType() {
        return unitType;
    }

    @Override
    public boolean needsIdAlone() {
        return evaluator.rule().targeting() == Condition.ALWAYS;
    }

    @Override
    public ExperimentAnswer answerFor(
            @Nullable String unitId,
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes) {
        return answers[evaluator.position(unitId, targetingKey, attributes)];
    }

    /** The same with the bucket known beforehand: see {@link #seedState()}. */
    ExperimentAnswer answerFor(
            @Nullable String unitId,
            int bucket,
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes) {
        return answers[evaluator.position(unitId, bucket, targetingKey, attributes)];
    }

    /** Where the hash of units starts. */
    int seedState() {
        return evaluator.seedState();
    }
}
