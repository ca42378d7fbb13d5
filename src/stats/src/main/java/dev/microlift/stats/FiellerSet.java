package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * The values {@code theta} of a ratio that {@code |y - theta x| <= c se(y - theta x)} does not exclude, for a numerator
 * {@code y} and a denominator {@code x} (Fieller 1954). Everything is divided by {@code x} first, so that the set does
 * not depend on units of measure, and the discriminant is written without a difference of nearly equal numbers.
 *
 * @param value the ratio, or the lift {@code ratio - 1}
 * @param g {@code c^2 var(x) / x^2}; the set is bounded if {@code g < 1}
 * @param variance variance of the ratio by the delta method
 * @param low lower limit, null if the set is unbounded
 * @param high upper limit
 * @param reason why figures are absent, null if all are there
 */
record FiellerSet(
        @Nullable Double value,
        @Nullable Double g,
        @Nullable Double variance,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Reason reason) {

    static FiellerSet refused(@Nullable Double value, Reason reason) {
        return new FiellerSet(value, null, null, null, null, reason);
    }

    /** Lift of a treatment mean over a control mean. */
    static FiellerSet lift(double mC, double mT, double vC, double vT, double covCT, double c) {
        if (mC <= 0 || !Double.isFinite((mT - mC) / mC)) {
            return refused(null, Reason.BASELINE_NOT_POSITIVE);
        }
        return of((mT - mC) / mC, 1, vC / mC / mC, vT / mC / mC, covCT / mC / mC, c);
    }

    /** Ratio of two correlated effects. */
    static FiellerSet ratio(double x, double y, double varX, double varY, double cov, double c) {
        return of(y / x, 0, varX / x / x, varY / x / x, cov / x / x, c);
    }

    /** The set of the ratio less {@code shift}, from (co)variances in units of the squared denominator. */
    private static FiellerSet of(double value, double shift, double relX, double relY, double relXY, double c) {
        double ratio = value + shift;
        double c2 = c * c;
        double g = c2 * relX;
        double variance = relY - 2 * ratio * relXY + ratio * ratio * relX;
        double root = Math.sqrt(Math.max(0, c2 * variance - c2 * c2 * (relX * relY - relXY * relXY)));
        double centre = value - c2 * relXY + shift * g;
        double low = (centre - root) / (1 - g);
        double high = (centre + root) / (1 - g);
        boolean bounded = g < 1 && Figures.finite(low, high);
        return new FiellerSet(
                Figures.orNull(value),
                Figures.orNull(g),
                Figures.orNull(variance),
                bounded ? low : null,
                bounded ? high : null,
                bounded ? null : Reason.FIELLER_UNBOUNDED);
    }

    /** Lift of a comparison that has no interval: still the ratio of the means, if there are any. */
    static @Nullable Double liftOf(@Nullable Double mC, @Nullable Double mT) {
        return mC == null || mT == null || mC <= 0 ? null : Figures.orNull((mT - mC) / mC);
    }
}
