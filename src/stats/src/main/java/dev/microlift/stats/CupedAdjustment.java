package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * Means adjusted by the pooled within-arm slope, with their (co)variances.
 *
 * @param theta slope
 * @param mC adjusted mean of the control
 * @param mT adjusted mean of the treatment
 * @param vC variance of {@code mC}
 * @param vT variance of {@code mT}
 * @param covCT covariance of the two, which share the difference of the covariate's means
 * @param error standard error of {@code mT - mC}
 */
record CupedAdjustment(double theta, double mC, double mT, double vC, double vT, double covCT, StandardError error) {
    /** The adjustment, or null if the covariate (first value of the sums) does not vary within the arms. */
    static @Nullable CupedAdjustment of(PairedSums control, PairedSums treatment) {
        double m2X = control.m2X() + treatment.m2X();
        double squares = m2X
                + control.n() * control.meanX() * control.meanX()
                + treatment.n() * treatment.meanX() * treatment.meanX();
        if (!(m2X > Thresholds.RESIDUAL_RATIO * squares)) {
            return null;
        }
        double theta = (control.c2() + treatment.c2()) / m2X;
        double gap = control.meanX() - treatment.meanX();
        double w = treatment.n() / ((double) control.n() + treatment.n());
        double varGap = theta * theta * (control.varX() + treatment.varX());
        double covC = theta * control.cov();
        double covT = theta * treatment.cov();
        return new CupedAdjustment(
                theta,
                control.meanY() - theta * w * gap,
                treatment.meanY() + theta * (1 - w) * gap,
                control.varY() - 2 * w * covC + w * w * varGap,
                treatment.varY() - 2 * (1 - w) * covT + (1 - w) * (1 - w) * varGap,
                (1 - w) * covC + w * covT - w * (1 - w) * varGap,
                StandardError.of(control.n(), residual(control, theta), treatment.n(), residual(treatment, theta)));
    }

    private static double residual(PairedSums arm, double theta) {
        return arm.exchanged().varOfDifference(theta);
    }
}
