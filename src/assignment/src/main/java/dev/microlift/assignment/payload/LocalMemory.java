package dev.microlift.assignment.payload;

import dev.microlift.assignment.UnitMemory;
import java.util.List;
import java.util.function.Predicate;

/**
 * What can be known away from the server.
 *
 * @param entersAtStep nobody here has seen a unit do the step that lets it in
 * @param exposed which units were exposed to each arm; empty if that does not matter
 */
record LocalMemory(boolean entersAtStep, List<Predicate<String>> exposed) implements UnitMemory {

    LocalMemory {
        exposed = List.copyOf(exposed);
    }

    @Override
    public boolean hasEntered(String unitId) {
        return !entersAtStep;
    }

    @Override
    public boolean keeps(String unitId, int arm) {
        return !exposed.isEmpty() && exposed.get(arm).test(unitId);
    }
}
