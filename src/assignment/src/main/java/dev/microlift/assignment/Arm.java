package dev.microlift.assignment;

/**
 * One variant of an experiment.
 *
 * @param key the variant's key
 * @param muted whether its units are served control's value while they stay assigned to it
 */
public record Arm(String key, boolean muted) {

    public Arm {
        if (key.isBlank()) {
            throw new IllegalArgumentException("an arm needs a key");
        }
    }
}
