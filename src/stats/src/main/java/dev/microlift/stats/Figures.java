package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/** The gate that keeps NaN and infinity out of every result. */
final class Figures {

    private Figures() {}

    static boolean finite(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Whether {@code level} is a probability strictly between 0 and 1, as an error level, a coverage or a power is. */
    static @Nullable Reason defectOfLevel(double level) {
        if (!Double.isFinite(level)) {
            return Reason.NON_FINITE_INPUT;
        }
        return level > 0 && level < 1 ? null : Reason.INVALID_INPUT;
    }

    /** The first reason that applies. */
    static @Nullable Reason first(@Nullable Reason... reasons) {
        for (Reason reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }
}
