package dev.microlift.assignment.payload;

/** A mistake in a feature: makes the reader leave that feature out. */
final class FeatureFault extends RuntimeException {

    private final String pointer;

    FeatureFault(String pointer, String reason) {
        super(reason, null, false, false);
        this.pointer = pointer;
    }

    Omission omission(String key) {
        return new Omission(key, pointer, String.valueOf(getMessage()));
    }
}
