package dev.microlift.openfeature;

import dev.microlift.assignment.EvaluationContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be evaluated under a key. */
sealed interface Flag permits ExperimentFlag, ForeignFlag {

    String key();

    /** Whose id is needed. */
    String unitType();

    /**
     * The id to be evaluated; null if there is none.
     *
     * @param attribute under the unit type's name
     */
    default @Nullable String unitId(@Nullable Object attribute, @Nullable String targetingKey) {
        return EvaluationContext.unitIdOrNull(attribute, unitType(), targetingKey);
    }

    /** Whether the unit's other attributes do not matter. */
    boolean needsIdAlone();

    /**
     * What a unit gets.
     *
     * @param unitId null if there is no id of the unit type
     * @param targetingKey the user's id, for conditions that ask for it
     */
    FlagAnswer answerFor(
            @Nullable String unitId, @Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes);
}
