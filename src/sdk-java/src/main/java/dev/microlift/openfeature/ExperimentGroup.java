package dev.microlift.openfeature;

import dev.microlift.assignment.Bucketing;
import dev.microlift.assignment.EvaluationContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All experiments on one type of units: the unit's id is looked for and hashed once for all of them. */
final class ExperimentGroup {

    private final String unitType;
    private final ExperimentFlag[] flags;
    private final int[] seedStates;

    ExperimentGroup(String unitType, List<ExperimentFlag> flags) {
        this.unitType = unitType;
        this.flags = flags.toArray(ExperimentFlag[]::new);
        this.seedStates = flags.stream().mapToInt(ExperimentFlag::seedState).toArray();
    }

    /**
     * What a unit gets of each.
     *
     * @return where the next group's begin
     */
    int assign(
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes,
            Assigned[] assigned,
            int from) {
        String unitId = EvaluationContext.unitIdOrNull(unitType, targetingKey, attributes);
        int[] buckets = unitId == null ? seedStates : Bucketing.bucketsFrom(seedStates, unitId);
        for (int i = 0; i < flags.length; i++) {
            assigned[from + i] = flags[i].answerFor(unitId, buckets[i], targetingKey, attributes)
                    .assigned();
        }
        return from + flags.length;
    }
}
