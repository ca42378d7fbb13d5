package dev.microlift.openfeature;

import dev.microlift.assignment.EvaluationContext;
import dev.microlift.assignment.payload.Payload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All features of a configuration, ready to evaluate: first our experiments, then what others made. */
final class Flags {

    static final Flags NONE = new Flags(List.of(), List.of(), Set.of());

    private final ExperimentFlag[] experiments;
    private final ForeignFlag[] foreign;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Flag> byKey = new HashMap<>();
    private final Set<String> unitTypes;

    private Flags(List<ExperimentFlag> experiments, List<ForeignFlag> foreign, Set<String> foreignUnitTypes) {
        this.experiments = experiments.toArray(ExperimentFlag[]::new);
        this.foreign = foreign.toArray(ForeignFlag[]::new);
        Set<String> types = new HashSet<>(foreignUnitTypes);
        experiments.forEach(flag -> types.add(flag.unitType()));
        unitTypes = Set.copyOf(types);
        experiments.forEach(this::add);
        foreign.forEach(this::add);
    }

    static Flags of(Payload payload) {
        return new Flags(
                payload.features().values().stream().map(ExperimentFlag::new).toList(),
                payload.foreign().keys().stream()
                        .map(key -> new ForeignFlag(key, payload.foreign().all()))
                        .toList(),
                ForeignFlag.unitTypes(payload.foreign().all()));
    }

    private void add(Flag flag) {
        positions.put(flag.key(), positions.size());
        byKey.put(flag.key(), flag);
    }

    @Nullable
    Flag find(String key) {
        return byKey.get(key);
    }

    /** What is randomised in any experiment. */
    Set<String> unitTypes() {
        return unitTypes;
    }

    /** The feature's position among the assignments, or -1. */
    int position(String key) {
        return positions.getOrDefault(key, -1);
    }

    /** Looks for the unit's id only where the unit type changes: mostly once. */
    Assignments assign(@Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        Assigned[] assigned = new Assigned[experiments.length + foreign.length];
        String unitType = "";
        String unitId = null;
        for (int i = 0; i < experiments.length; i++) {
            if (!experiments[i].unitType().equals(unitType)) {
                unitType = experiments[i].unitType();
                unitId = EvaluationContext.unitIdOrNull(unitType, targetingKey, attributes);
            }
            assigned[i] = experiments[i].answerFor(unitId, attributes).assigned();
        }
        if (foreign.length > 0) {
            String user = EvaluationContext.unitIdOrNull(UnitIds.USER, targetingKey, attributes);
            for (int i = 0; i < foreign.length; i++) {
                assigned[experiments.length + i] =
                        foreign[i].answerFor(user, attributes).assigned();
            }
        }
        return new Assignments(this, assigned);
    }
}
