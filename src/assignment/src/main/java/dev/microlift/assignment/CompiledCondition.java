package dev.microlift.assignment;

import java.util.List;

/**
 * A condition with what is wrong in its definition.
 *
 * @param condition can be evaluated even with faults: a faulty part is false
 * @param faults in the order of the definition; empty if it is sound
 */
public record CompiledCondition(Condition condition, List<ConditionFault> faults) {

    public CompiledCondition {
        faults = List.copyOf(faults);
    }

    public boolean isSound() {
        return faults.isEmpty();
    }
}
