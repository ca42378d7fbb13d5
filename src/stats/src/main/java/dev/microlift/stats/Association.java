package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * Do units that do a micro step reach the goal more often? Association in the control arm, not an effect: they may
 * simply be keener.
 *
 * <pre>
 * P1 = n11/(n11+n10)     P0 = n01/(n01+n00)     diff = P1 - P0, interval of Newcombe (from Wilson's limits)
 * riskRatio = P1/P0, interval of Katz           phi = (n11 n00 - n10 n01)/sqrt(product of margins), p of n phi^2
 * miBits = mutual information in bits           auc = 1/2 + (n11/n.1 - n10/n.0)/2, normal interval within [0, 1]
 * </pre>
 *
 * <p>Counts are matured control units by raw micro event (first digit 1: before the goal, or without one) and goal
 * (second digit). An empty margin refuses everything; fewer than 10 goals, non-goals, doers or non-doers keep the point
 * figures and refuse intervals, p and the risk ratio; an empty cell among the goals refuses the risk ratio.
 *
 * <p>Newcombe 1998, <i>Interval estimation for the difference between independent proportions</i>; Katz et al. 1978,
 * <i>Obtaining confidence intervals for the risk ratio in cohort studies</i>; Hanley and McNeil 1982, <i>The meaning and
 * use of the area under a ROC curve</i>.
 */
public final class Association {

    private Association() {}

    /**
     * The association.
     *
     * @param P1 goal rate of units with the micro step
     * @param P0 goal rate of units without it
     * @param diff {@code P1 - P0}
     * @param diffCiLow lower limit of the difference
     * @param diffCiHigh upper limit
     * @param riskRatio {@code P1 / P0}
     * @param rrCiLow lower limit of the risk ratio
     * @param rrCiHigh upper limit
     * @param phi correlation of the two indicators
     * @param p p-value of independence
     * @param miBits mutual information in bits
     * @param auc area under the curve of predicting the goal from the micro step
     * @param aucCiLow lower limit of the area
     * @param aucCiHigh upper limit
     * @param reason why figures are absent
     * @param rrReason why the risk ratio is absent
     */
    public record Result(
            @Nullable Double P1,
            @Nullable Double P0,
            @Nullable Double diff,
            @Nullable Double diffCiLow,
            @Nullable Double diffCiHigh,
            @Nullable Double riskRatio,
            @Nullable Double rrCiLow,
            @Nullable Double rrCiHigh,
            @Nullable Double phi,
            @Nullable Double p,
            @Nullable Double miBits,
            @Nullable Double auc,
            @Nullable Double aucCiLow,
            @Nullable Double aucCiHigh,
            @Nullable Reason reason,
            @Nullable Reason rrReason) {

        private static Result refused(Reason reason) {
            return new Result(
                    null, null, null, null, null, null, null, null, null, null, null, null, null, null, reason, reason);
        }
    }

    /** Association of a two-by-two table at two-sided error level {@code alpha}. */
    public static Result of(long n11, long n10, long n01, long n00, double alpha) {
        boolean negative = n11 < 0 || n10 < 0 || n01 < 0 || n00 < 0;
        Reason invalid = Figures.first(negative ? Reason.INVALID_INPUT : null, Figures.defectOfLevel(alpha));
        if (invalid != null) {
            return Result.refused(invalid);
        }
        TwoByTwo table = new TwoByTwo(n11, n10, n01, n00);
        double smallest = table.smallestMargin();
        if (smallest == 0) {
            return Result.refused(Reason.EMPTY_MARGIN);
        }
        if (smallest < Thresholds.MIN_CONVERSIONS) {
            return points(table);
        }
        return intervals(table, Normal.upperQuantile(alpha / 2));
    }

    private static Result points(TwoByTwo table) {
        Reason reason = Reason.INSUFFICIENT_CONVERSIONS;
        return new Result(
                table.p1(),
                table.p0(),
                table.p1() - table.p0(),
                null,
                null,
                null,
                null,
                null,
                table.phi(),
                null,
                table.mutualInformationBits(),
                table.auc(),
                null,
                null,
                reason,
                reason);
    }

    private static Result intervals(TwoByTwo table, double z) {
        double diff = table.p1() - table.p0();
        Wilson with = Wilson.of(table.p1(), table.doers(), z);
        Wilson without = Wilson.of(table.p0(), table.others(), z);
        boolean zeroCell = table.n11() == 0 || table.n01() == 0;
        double riskRatio = table.p1() / table.p0();
        double factor = Math.exp(z * table.seLogRiskRatio());
        double reach = z * table.seAuc();
        return new Result(
                table.p1(),
                table.p0(),
                diff,
                diff - Math.hypot(table.p1() - with.low, without.high - table.p0()),
                diff + Math.hypot(with.high - table.p1(), table.p0() - without.low),
                zeroCell ? null : Figures.orNull(riskRatio),
                zeroCell ? null : Figures.orNull(riskRatio / factor),
                zeroCell ? null : Figures.orNull(riskRatio * factor),
                table.phi(),
                ChiSquare.upperTail(table.n() * table.phi() * table.phi(), 1),
                table.mutualInformationBits(),
                table.auc(),
                Math.max(0, table.auc() - reach),
                Math.min(1, table.auc() + reach),
                null,
                zeroCell ? Reason.ZERO_CELL : null);
    }

    /** Wilson's limits of a rate. */
    private record Wilson(double low, double high) {

        static Wilson of(double rate, double n, double z) {
            double z2 = z * z;
            double centre = rate + z2 / (2 * n);
            double reach = z * Math.sqrt(rate * (1 - rate) / n + z2 / (4 * n * n));
            return new Wilson((centre - reach) / (1 + z2 / n), (centre + reach) / (1 + z2 / n));
        }
    }
}
