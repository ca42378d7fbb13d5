package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * The values {@code theta} of a ratio of means that {@code |m_T - theta m_C| <= c se} does not exclude, for a positive
 * {@code m_C} (Fieller 1954). Everything is divided by {@code m_C} first, so that the set does not depend on the
 * metric's unit of measure, and no two nearly equal numbers are subtracted.
 *
 * @param lift {@code m_T/m_C - 1}, null if too large for a number
 * @param g {@code c^2 v_C / m_C^2}; the set is bounded if {@code g < 1}
 * @param varLift variance of the lift by the delta method
 * @param low lower limit of the lift, null if the set is unbounded
 * @param high upper limit
 * @param reason why figures are absent, null if all are there
 */
record FiellerSet(
        @Nullable Double lift,
        @Nullable Double g,
        @Nullable Double varLift,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Reason reason) {

    static FiellerSet refused(@Nullable Double lift, Reason reason) {
        return new FiellerSet(lift, null, null, null, null, reason);
    }

    static FiellerSet of(double mC, double mT, double vC, double vT, double covCT, double c) {
        if (mC <= 0) {
            return refused(null, Reason.BASELINE_NOT_POSITIVE);
        }
        double lift = (mT - mC) / mC;
        if (!Double.isFinite(lift)) {
            return refused(null, Reason.BASELINE_NOT_POSITIVE);
        }
        double rho = mT / mC;
        double relC = vC / mC / mC;
        double relT = vT / mC / mC;
        double relCT = covCT / mC / mC;
        double c2 = c * c;
        double g = c2 * relC;
        double varLift = relT - 2 * rho * relCT + rho * rho * relC;
        double discriminant = c2 * varLift - c2 * c2 * (relC * relT - relCT * relCT);
        double root = Math.sqrt(Math.max(0, discriminant));
        double centre = lift - c2 * relCT + g;
        double low = (centre - root) / (1 - g);
        double high = (centre + root) / (1 - g);
        boolean bounded = g < 1 && Figures.finite(low, high);
        return new FiellerSet(
                lift,
                Figures.orNull(g),
                Figures.orNull(varLift),
                bounded ? low : null,
                bounded ? high : null,
                bounded ? null : Reason.FIELLER_UNBOUNDED);
    }

    /** Lift of a comparison that has no interval: still the ratio of the means, if there are any. */
    static @Nullable Double liftOf(@Nullable Double mC, @Nullable Double mT) {
        return mC == null || mT == null || mC <= 0 ? null : Figures.orNull((mT - mC) / mC);
    }
}
