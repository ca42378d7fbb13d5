package dev.microlift.server.planning;

/** How the test will be read, and the factor on its units that this costs (simulated for 30 looks, power 0.8). */
public enum Monitoring {
    /** At every look at a stricter level, and once at the planned end. */
    HYBRID(1.07),
    /** At any time, without a planned end. */
    SEQUENTIAL(1.71),
    /** Once, at the planned end. */
    FIXED(1);

    private final double inflation;

    Monitoring(double inflation) {
        this.inflation = inflation;
    }

    /** The factor on the units of a test that is read once. */
    public double inflation() {
        return inflation;
    }
}
