package dev.microlift.openfeature;

/**
 * What the exposures of one arm have in common.
 *
 * @param run tells one run of the experiment from the next: what was seen in one says nothing about the other
 */
record ExposureKind(String experiment, String run, String variant) {

    /** Where the fingerprints of its exposures start. */
    long seed() {
        long seed = Fingerprint.of(0, experiment);
        seed = Fingerprint.of(seed, run);
        return Fingerprint.of(seed, variant);
    }
}
