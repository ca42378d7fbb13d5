package dev.microlift.server.document;

import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be told at once. */
public final class Faults {

    /** Enough for any honest mistake; a hostile document must not make a hostile answer. */
    private static final int MAX_FAULTS = 100;

    private final List<Fault> faults = new ArrayList<>();

    /** Notes one fault. */
    public void add(String pointer, String code, String detail) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(pointer, code, detail));
        }
    }

    /** How many were noted so far. */
    public int count() {
        return faults.size();
    }

    /** True if nothing is wrong. */
    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** Everything noted, in the order of noting. */
    public List<Fault> all() {
        return List.copyOf(faults);
    }

    /**
     * Ends the request if anything is wrong.
     *
     * @throws ProblemException listing every fault
     */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }
}
