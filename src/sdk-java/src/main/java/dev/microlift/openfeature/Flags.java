package dev.microlift.openfeature;

import dev.microlift.assignment.EvaluationContext;
import dev.microlift.assignment.payload.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All features of a configuration, ready to evaluate: our experiments by unit type, then what others made. */
final class Flags {

    static final Flags NONE = new Flags(List.of(), List.of(), Set.of());

    private final List<ExperimentGroup> groups = new ArrayList<>();
    private final List<ForeignFlag> foreign;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Flag> byKey = new HashMap<>();
    private final Set<String> unitTypes;

    private Flags(List<ExperimentFlag> experiments, List<ForeignFlag> foreign, Set<String> foreignUnitTypes) {
        Map<String, List<ExperimentFlag>> byUnitType = experiments.stream()
                .collect(Collectors.groupingBy(Flag::unitType, LinkedHashMap::new, Collectors.toList()));
        byUnitType.forEach((unitType, flags) -> {
            groups.add(new ExperimentGroup(unitType, flags));
            flags.forEach(this::add);
        });
        this.foreign = List.copyOf(foreign);
        foreign.forEach(this::add);
        Set<String> types = new HashSet<>(foreignUnitTypes);
        types.addAll(byUnitType.keySet());
        unitTypes = Set.copyOf(types);
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

    /** What a unit gets of everything. */
    Assignments assign(@Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        Assigned[] assigned = new Assigned[byKey.size()];
        int filled = 0;
        for (ExperimentGroup group : groups) {
            filled = group.assign(targetingKey, attributes, assigned, filled);
        }
        for (ForeignFlag flag : foreign) {
            String unitId = EvaluationContext.unitIdOrNull(flag.unitType(), targetingKey, attributes);
            assigned[filled++] =
                    flag.answerFor(unitId, targetingKey, attributes).assigned();
        }
        return new Assignments(this, assigned);
    }
}
