package dev.microlift.assignment;

import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of one condition while it is compiled. */
final class Faults {

    private final List<ConditionFault> faults = new ArrayList<>();

    void add(Location location, ConditionFault.Kind kind, String message) {
        faults.add(new ConditionFault(location.pointer(), kind, message));
    }

    List<ConditionFault> all() {
        return List.copyOf(faults);
    }

    /**
     * A place in a condition.
     *
     * @param pointer JSON Pointer from the root
     * @param depth number of containers around it
     */
    record Location(String pointer, int depth) {

        static final Location ROOT = new Location("", 0);

        Location member(String name) {
            return new Location(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), depth + 1);
        }

        Location element(int index) {
            return new Location(pointer + "/" + index, depth + 1);
        }

        boolean isTooDeep() {
            return depth > Conditions.MAX_DEPTH;
        }
    }
}
