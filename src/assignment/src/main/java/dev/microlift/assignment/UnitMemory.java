package dev.microlift.assignment;

/**
 * What is remembered of units, for rules that depend on more than the context: an entry step, and keeping the arm once it
 * was seen. Asked by many threads, once an evaluation at most.
 */
public interface UnitMemory {

    /** For rules that remember nothing: everybody has entered, nobody is kept. */
    UnitMemory NONE = new UnitMemory() {
        @Override
        public boolean hasEntered(String unitId) {
            return true;
        }

        @Override
        public boolean keeps(String unitId, int arm) {
            return false;
        }
    };

    /** Whether the unit did the step that makes it eligible. */
    boolean hasEntered(String unitId);

    /**
     * Whether the unit keeps its arm although it would not be admitted now.
     *
     * @param arm position of the arm that the unit's bucket belongs to
     */
    boolean keeps(String unitId, int arm);
}
