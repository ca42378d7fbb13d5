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

    /** What the unit with this id gets; null if there is no id of the unit type. */
    FlagAnswer answerFor(@Nullable String unitId, Map<String, ? extends @Nullable Object> attributes);
}
