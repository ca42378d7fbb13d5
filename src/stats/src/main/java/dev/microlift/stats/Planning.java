package dev.microlift.stats;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many units does a test need, and what can it detect?
 *
 * <pre>
 * d = baseline lift                 K = z(1-alpha/(2 comparisons)) + z(power)
 * binary: sC2 = p(1-p), sT2 = pT(1-pT), pT = p(1+lift)        mean: sC2 = sT2 = sd^2
 * total = inflation K^2 max over treatments (sC2/w_C + sT2/w_a) / d^2          w = allocation/sum
 * days  = ceil(nTotal/dailyUnits) + maturityDays
 * smallest detectable difference of a mean: K sd sqrt(1/nC + 1/nT); of a rate: the larger root of
 *   d^2 (1+K^2/nT) - d K^2 (1-2p)/nT - K^2 p(1-p) (1/nC+1/nT) = 0
 * power = Phi(|d|/se - z(1-alpha/(2 comparisons)))            se^2 = sC2/nC + sT2/nT
 * </pre>
 *
 * <p>Lift is a fraction of the baseline. {@code comparisons} is the number of treatments for the goal, steps times
 * treatments for a micro step; {@code inflation} is what monitoring costs (30 looks: 1.71 for a confidence sequence,
 * 1.07 for the hybrid). Rates outside (0, 1) under the effect are {@code MDE_OUT_OF_RANGE}. Never report power at the
 * observed effect.
 *
 * <p>Chow, Shao and Wang 2008, <i>Sample size calculations in clinical research</i>; Hoenig and Heisey 2001, <i>The
 * abuse of power</i>.
 */
public final class Planning {
    private static final double ROUNDING = 1e-9;
    private static final double MOST_UNITS = 9e15;
    private static final double MOST_DAYS = 9e15;

    private Planning() {}

    /**
     * What is known about a metric before the test.
     *
     * @param kind rate or mean
     * @param baseline the control's rate or mean
     * @param sd standard deviation of a unit's value, only used for a mean
     */
    public record Metric(Kind kind, double baseline, double sd) {

        /** A rate. */
        public static Metric binary(double rate) {
            return new Metric(Kind.BINARY, rate, Math.sqrt(rate * (1 - rate)));
        }

        /** A mean of values with standard deviation {@code sd}. */
        public static Metric mean(double mean, double sd) {
            return new Metric(Kind.MEAN, mean, sd);
        }

        private @Nullable Reason defect() {
            if (!Double.isFinite(baseline) || (kind == Kind.MEAN && !Double.isFinite(sd))) {
                return Reason.NON_FINITE_INPUT;
            }
            boolean possible = switch (kind) {
                case BINARY -> baseline < 1;
                case MEAN -> sd > 0;
            };
            return possible && baseline > 0 ? null : Reason.INVALID_INPUT;
        }

        private boolean reachable(double lift) {
            double moved = baseline * (1 + lift);
            return kind == Kind.MEAN || (moved > 0 && moved < 1);
        }

        /** Variance of a unit's value under a lift. */
        private double variance(double lift) {
            double moved = baseline * (1 + lift);
            return switch (kind) {
                case BINARY -> moved * (1 - moved);
                case MEAN -> sd * sd;
            };
        }
    }

    /**
     * How sure the test shall be.
     *
     * @param alpha two-sided error level
     * @param power probability to detect the effect
     * @param comparisons by how many {@code alpha} is divided, at least 1
     * @param inflation factor on the units for monitoring, at least 1
     */
    public record Demand(double alpha, double power, int comparisons, double inflation) {

        private @Nullable Reason defect() {
            Reason level = Figures.first(Figures.defectOfLevel(alpha), Figures.defectOfLevel(power));
            Reason finite = Double.isFinite(inflation) ? null : Reason.NON_FINITE_INPUT;
            boolean possible = comparisons >= 1 && inflation >= 1;
            return Figures.first(level, finite, possible && multiplier() > 0 ? null : Reason.INVALID_INPUT);
        }

        private double critical() {
            return Normal.upperQuantile(alpha / (2.0 * comparisons));
        }

        private double multiplier() {
            return critical() + Normal.upperQuantile(1 - power);
        }
    }

    /**
     * What a test needs.
     *
     * @param nTotal units over all arms
     * @param nArms units of each arm, control first
     * @param days days until the last unit has matured, null without a daily number of units
     * @param fewConversions whether an arm will have fewer than 10 conversions
     * @param reason why all are absent, null if they are there
     */
    public record Size(
            @Nullable Long nTotal,
            @Nullable List<Long> nArms,
            @Nullable Long days,
            boolean fewConversions,
            @Nullable Reason reason) {

        private static Size refused(Reason reason) {
            return new Size(null, null, null, false, reason);
        }
    }

    /**
     * What a test can detect.
     *
     * @param mdeAbs smallest detectable difference
     * @param mdeRel the same as a fraction of the baseline
     * @param reason why both are absent, null if they are there
     */
    public record Detectable(
            @Nullable Double mdeAbs,
            @Nullable Double mdeRel,
            @Nullable Reason reason) {}

    /**
     * How likely a test detects an effect.
     *
     * @param power the probability
     * @param reason why it is absent, null if it is there
     */
    public record Achieved(@Nullable Double power, @Nullable Reason reason) {}

    /**
     * Units and days to detect {@code lift}.
     *
     * @param allocation weights of the arms, control first, positive, of any sum
     * @param dailyUnits units exposed a day over all arms, null if unknown
     * @param maturityDays days a unit takes to mature
     */
    public static Size size(
            Metric metric,
            double lift,
            Demand demand,
            double[] allocation,
            @Nullable Double dailyUnits,
            long maturityDays) {
        Reason refused = Figures.first(
                metric.defect(),
                demand.defect(),
                defectOfAllocation(allocation),
                defectOfDays(dailyUnits, maturityDays),
                defectOfLift(metric, lift));
        if (refused != null) {
            return Size.refused(refused);
        }
        double sum = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < allocation.length; i++) {
            sum += allocation[i];
            smallest = i == 0 ? smallest : Math.min(smallest, allocation[i]);
        }
        double k = demand.multiplier() / (metric.baseline * lift);
        double unit = metric.variance(0) / (allocation[0] / sum) + metric.variance(lift) / (smallest / sum);
        double total = demand.inflation * k * k * unit;
        if (!(total < MOST_UNITS)) {
            return Size.refused(Reason.NON_FINITE_INPUT);
        }
        List<Long> nArms = new ArrayList<>();
        boolean few = false;
        for (double weight : allocation) {
            long n = ceil(total * (weight / sum));
            nArms.add(n);
            few |= metric.kind == Kind.BINARY && n * metric.baseline < Thresholds.MIN_CONVERSIONS;
        }
        long nTotal = ceil(total);
        if (dailyUnits != null && !(nTotal / dailyUnits + maturityDays < MOST_DAYS)) {
            return Size.refused(Reason.NON_FINITE_INPUT);
        }
        Long days = dailyUnits == null ? null : ceil(nTotal / dailyUnits) + maturityDays;
        return new Size(nTotal, List.copyOf(nArms), days, few, null);
    }

    /** Smallest difference that {@code nC} and {@code nT} units detect. */
    public static Detectable detectable(Metric metric, long nC, long nT, Demand demand) {
        Reason refused = Figures.first(metric.defect(), demand.defect(), defectOfUnits(nC, nT));
        if (refused != null) {
            return new Detectable(null, null, refused);
        }
        double k = demand.multiplier();
        double d = switch (metric.kind) {
            case MEAN -> k * metric.sd * Math.sqrt(1.0 / nC + 1.0 / nT);
            case BINARY -> largerRoot(metric.baseline, (double) nC, (double) nT, k * k);
        };
        if (metric.kind == Kind.BINARY && metric.baseline + d >= 1) {
            return new Detectable(null, null, Reason.MDE_OUT_OF_RANGE);
        }
        return Figures.finite(d, d / metric.baseline)
                ? new Detectable(d, d / metric.baseline, null)
                : new Detectable(null, null, Reason.NON_FINITE_INPUT);
    }

    /** Probability that {@code nC} and {@code nT} units detect {@code lift}; the demand's power is not used. */
    public static Achieved achieved(Metric metric, double lift, long nC, long nT, double alpha, int comparisons) {
        Demand demand = new Demand(alpha, 0.5, comparisons, 1);
        Reason refused =
                Figures.first(metric.defect(), demand.defect(), defectOfUnits(nC, nT), defectOfLift(metric, lift));
        if (refused != null) {
            return new Achieved(null, refused);
        }
        double se = Math.sqrt(metric.variance(0) / nC + metric.variance(lift) / nT);
        double h = Math.abs(metric.baseline * lift) / se - demand.critical();
        return Double.isNaN(h) ? new Achieved(null, Reason.NON_FINITE_INPUT) : new Achieved(Normal.cumulative(h), null);
    }

    private static double largerRoot(double p, double nC, double nT, double k2) {
        double a = 1 + k2 / nT;
        double half = 0.5 * k2 * (1 - 2 * p) / nT;
        double c = k2 * p * (1 - p) * (1 / nC + 1 / nT);
        double root = Math.sqrt(half * half + a * c);
        return half >= 0 ? (half + root) / a : c / (root - half);
    }

    /** Rounds up, but not for an excess that is only rounding. */
    private static long ceil(double value) {
        return (long) Math.ceil(value * (1 - ROUNDING));
    }

    private static @Nullable Reason defectOfLift(Metric metric, double lift) {
        if (!Double.isFinite(lift)) {
            return Reason.NON_FINITE_INPUT;
        }
        if (lift == 0) {
            return Reason.INVALID_INPUT;
        }
        return metric.reachable(lift) ? null : Reason.MDE_OUT_OF_RANGE;
    }

    private static @Nullable Reason defectOfAllocation(double[] allocation) {
        if (!Figures.finite(allocation)) {
            return Reason.NON_FINITE_INPUT;
        }
        boolean possible = allocation.length >= 2;
        for (double weight : allocation) {
            possible &= weight > 0;
        }
        return possible ? null : Reason.INVALID_INPUT;
    }

    private static @Nullable Reason defectOfDays(@Nullable Double dailyUnits, long maturityDays) {
        if (dailyUnits != null && !Double.isFinite(dailyUnits)) {
            return Reason.NON_FINITE_INPUT;
        }
        boolean possible = maturityDays >= 0 && (dailyUnits == null || dailyUnits > 0);
        return possible ? null : Reason.INVALID_INPUT;
    }

    private static @Nullable Reason defectOfUnits(long nC, long nT) {
        if (Math.min(nC, nT) < 0) {
            return Reason.INVALID_INPUT;
        }
        return Math.min(nC, nT) < Thresholds.MIN_UNITS ? Reason.TOO_FEW_UNITS : null;
    }
}
