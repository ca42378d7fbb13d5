package dev.microlift.stats;

/**
 * Standard error of a difference of two independent means, with Satterthwaite's degrees of freedom.
 *
 * @param vC variance of the control's mean
 * @param vT variance of the treatment's mean
 * @param se {@code sqrt(vC + vT)}
 * @param df {@code (vC + vT)^2 / (vC^2/(nC-1) + vT^2/(nT-1))}
 */
record StandardError(double vC, double vT, double se, double df) {

    static StandardError of(Moments control, Moments treatment) {
        return of(control.n(), control.v(), treatment.n(), treatment.v());
    }

    static StandardError of(long nC, double vC, long nT, double vT) {
        double v = vC + vT;
        double shareC = vC / v;
        double shareT = vT / v;
        double df = 1 / (shareC * shareC / (nC - 1) + shareT * shareT / (nT - 1));
        return new StandardError(vC, vT, Math.sqrt(v), df);
    }

    /** A standard error that is only the rounding of the means counts as none. */
    boolean isZero(double mC, double mT) {
        return se <= Thresholds.ZERO_VARIANCE_RATIO * Math.max(Math.abs(mC), Math.abs(mT));
    }
}
