package dev.microlift.server.simulator;

/**
 * Random numbers that belong to one unit: the same for the same seed and unit, whatever else runs beside.
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014, <i>Fast splittable pseudorandom number generators</i>), written out because
 * the platform does not promise that its own generators stay the same. Changing it changes every simulated visit.
 */
final class UnitRandom {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    UnitRandom(long seed, long unit) {
        this.state = mix(mix(seed + GOLDEN_GAMMA) ^ unit);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        state += GOLDEN_GAMMA;
        return (mix(state) >>> 11) * 0x1.0p-53;
    }

    /** Standard normal, by the method of Box and Muller. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }
}
