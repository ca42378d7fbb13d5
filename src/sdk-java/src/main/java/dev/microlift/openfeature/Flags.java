package dev.microlift.openfeature;

import dev.microlift.assignment.EvaluationContext;
import dev.microlift.assignment.payload.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All experiments of a configuration, ready to evaluate. */
final class Flags {

    static final Flags NONE = new Flags(new Flag[0]);

    private final Flag[] all;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Flag> byKey = new HashMap<>();
    private final Set<String> unitTypes;

    private Flags(Flag[] all) {
        this.all = all;
        for (int i = 0; i < all.length; i++) {
            positions.put(all[i].key(), i);
            byKey.put(all[i].key(), all[i]);
        }
        unitTypes = byKey.values().stream().map(Flag::unitType).collect(Collectors.toUnmodifiableSet());
    }

    static Flags of(Payload payload) {
        return new Flags(payload.features().values().stream().map(Flag::new).toArray(Flag[]::new));
    }

    @Nullable
    Flag find(String key) {
        return byKey.get(key);
    }

    /** What is randomised in any experiment. */
    Set<String> unitTypes() {
        return unitTypes;
    }

    /** The experiment's position among the assignments, or -1. */
    int position(String key) {
        return positions.getOrDefault(key, -1);
    }

    /** Looks for the unit's id only where the unit type changes: mostly once. */
    Assignments assign(@Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        Assigned[] assigned = new Assigned[all.length];
        String unitType = "";
        String unitId = null;
        for (int i = 0; i < all.length; i++) {
            if (!all[i].unitType().equals(unitType)) {
                unitType = all[i].unitType();
                unitId = EvaluationContext.unitIdOrNull(unitType, targetingKey, attributes);
            }
            assigned[i] = all[i].answerFor(unitId, attributes).assigned();
        }
        return new Assignments(this, assigned);
    }
}
