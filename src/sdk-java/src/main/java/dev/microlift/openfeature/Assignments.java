package dev.microlift.openfeature;

import java.util.AbstractList;
import java.util.Optional;

/**
 * What a unit gets of every experiment, by unit type, and of features that Microlift did not make; otherwise in the order
 * of the configuration.
 */
public final class Assignments extends AbstractList<Assigned> {

    static final Assignments NONE = new Assignments(Flags.NONE, new Assigned[0]);

    private final Flags flags;
    private final Assigned[] assigned;

    Assignments(Flags flags, Assigned[] assigned) {
        this.flags = flags;
        this.assigned = assigned;
    }

    @Override
    public Assigned get(int index) {
        return assigned[index];
    }

    @Override
    public int size() {
        return assigned.length;
    }

    /** What the unit gets of one experiment. */
    public Optional<Assigned> of(String experiment) {
        int position = flags.position(experiment);
        return position < 0 ? Optional.empty() : Optional.of(assigned[position]);
    }
}
