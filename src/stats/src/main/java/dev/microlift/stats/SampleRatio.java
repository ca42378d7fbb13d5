package dev.microlift.stats;

import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * Is the data trustworthy: do the counts of exposed units fit the planned weights?
 *
 * <pre>
 * N = sum x_i      w = weights / sum      chi2 = sum (x_i - N w_i)^2 / (N w_i)      df = arms - 1
 * ln e = lnGamma(c) - lnGamma(c+N) + sum [lnGamma(c w_i + x_i) - lnGamma(c w_i)] - sum x_i ln w_i
 * eMax = max(eMaxPrev, e)                 pSequential = min(1, 1/eMax)
 * </pre>
 *
 * <p>The e-value (a Dirichlet mixture of concentration {@code c} against the plan) may be looked at any time: it reaches
 * 100 in at most 1 percent of healthy tests, ever. The chi-square p-value counts only at the end. {@code INVALID} if
 * {@code eMax >= 100}, or finally {@code p < 0.001}; {@code WARN} if {@code p < 0.01} or {@code eMax >= 10}. An expected
 * count below 5 refuses chi-square and p and leaves the verdict to the e-value. {@code e} is printed as at most
 * {@code exp(690)}.
 *
 * <p>Lindon and Malek 2022, <i>Anytime-valid inference for multinomial count data</i>; Fabijan et al. 2019,
 * <i>Diagnosing sample ratio mismatch in online controlled experiments</i>.
 */
public final class SampleRatio {
    /** Concentration of the Dirichlet mixture: detects splits that are off by about one percent soonest. */
    public static final double DEFAULT_CONCENTRATION = 10_000;

    private static final double MAX_LN_E = 690;

    private SampleRatio() {}

    /** What the counts say about the data. */
    public enum Verdict {
        /** Nothing suspicious. */
        OK,
        /** Look closer; no verdict is blocked yet. */
        WARN,
        /** The data cannot be trusted: every verdict is blocked. */
        INVALID
    }

    /**
     * The check.
     *
     * @param chi2 chi-square statistic
     * @param df degrees of freedom
     * @param p upper tail of the chi-square statistic, for the end of the test only
     * @param lnE natural logarithm of the e-value
     * @param e the e-value of this look
     * @param eMax the largest e-value so far
     * @param pSequential p-value that holds at any time
     * @param verdict the verdict, null if the input is refused
     * @param reason why figures are absent, null if all are there
     */
    public record Result(
            @Nullable Double chi2,
            @Nullable Integer df,
            @Nullable Double p,
            @Nullable Double lnE,
            @Nullable Double e,
            @Nullable Double eMax,
            @Nullable Double pSequential,
            @Nullable Verdict verdict,
            @Nullable Reason reason) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, null, null, reason);
        }
    }

    /** A first and final look with the default concentration. */
    public static Result check(long[] counts, double[] weights) {
        return check(counts, weights, DEFAULT_CONCENTRATION, 1, true);
    }

    /**
     * One look.
     *
     * @param counts exposed units of each arm
     * @param weights planned shares, positive, of any sum
     * @param concentration concentration of the mixture, positive
     * @param eMaxPrev largest e-value of the looks before, 1 if there were none
     * @param isFinal whether the test has reached its end
     */
    public static Result check(
            long[] counts, double[] weights, double concentration, double eMaxPrev, boolean isFinal) {
        Reason defect = defect(counts, weights, concentration, eMaxPrev);
        if (defect != null) {
            return Result.refused(defect);
        }
        double[] w = shares(weights);
        double n = 0;
        for (long count : counts) {
            n += count;
        }
        int df = counts.length - 1;
        double lnE = lnE(counts, w, n, concentration);
        double e = Math.exp(Math.min(lnE, MAX_LN_E));
        double eMax = Math.max(eMaxPrev, e);
        if (!Figures.finite(n, lnE)) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        Double chi2 = enoughExpected(w, n) ? Figures.orNull(chi2(counts, w, n)) : null;
        Double p = chi2 == null ? null : ChiSquare.upperTail(chi2, df);
        Verdict verdict = verdict(p, eMax, isFinal);
        Reason reason = chi2 == null ? Reason.INSUFFICIENT_UNITS : null;
        return new Result(chi2, df, p, lnE, e, eMax, Math.min(1, 1 / eMax), verdict, reason);
    }

    private static @Nullable Reason defect(long[] counts, double[] weights, double concentration, double eMaxPrev) {
        if (!Figures.finite(weights) || !Figures.finite(concentration, eMaxPrev)) {
            return Reason.NON_FINITE_INPUT;
        }
        if (counts.length != weights.length || counts.length < 2 || concentration <= 0 || eMaxPrev < 0) {
            return Reason.INVALID_INPUT;
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0 || weights[i] <= 0) {
                return Reason.INVALID_INPUT;
            }
        }
        return null;
    }

    private static double[] shares(double[] weights) {
        double largest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, weight);
        }
        double total = 0;
        for (double weight : weights) {
            total += weight / largest;
        }
        double[] w = new double[weights.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = weights[i] / largest / total;
        }
        return w;
    }

    private static boolean enoughExpected(double[] w, double n) {
        for (double share : w) {
            if (n * share < Thresholds.SRM_MIN_EXPECTED) {
                return false;
            }
        }
        return true;
    }

    private static double chi2(long[] counts, double[] w, double n) {
        double chi2 = 0;
        for (int i = 0; i < counts.length; i++) {
            double gap = counts[i] - n * w[i];
            chi2 += gap * gap / (n * w[i]);
        }
        return chi2;
    }

    /**
     * The e-value after inserting Stirling's series: the terms of the size of N ln N cancel on paper instead of on the
     * machine, so that a billion units cost no digits. With {@code M = c + N}, {@code y_i = c w_i + x_i} and
     * {@code y_i = M w_i (1 + d_i)}, where {@code sum w_i d_i = 0}:
     *
     * <pre>
     * ln e = M sum w_i h(d_i) - 1/2 [sum ln(y_i/(c w_i)) - ln(M/c)] + sum [s(y_i) - s(c w_i)] - s(M) + s(c)
     * h(d) = (1+d) ln(1+d) - d        s = Stirling's remainder of lnGamma
     * </pre>
     */
    private static double lnE(long[] counts, double[] w, double n, double c) {
        double m = c + n;
        double lnE = 0.5 * Math.log1p(n / c) - stirlingRemainder(m) + stirlingRemainder(c);
        for (int i = 0; i < counts.length; i++) {
            double prior = c * w[i];
            double y = prior + counts[i];
            double d = (counts[i] - n * w[i]) / (m * w[i]);
            lnE += m * w[i] * entropyGap(d) - 0.5 * Math.log1p(counts[i] / prior);
            lnE += stirlingRemainder(y) - stirlingRemainder(prior);
        }
        return lnE;
    }

    private static double entropyGap(double d) {
        if (d <= -1) {
            return 1;
        }
        if (Math.abs(d) > 0.05) {
            return (1 + d) * Math.log1p(d) - d;
        }
        double sum = 0;
        double power = d * d;
        for (int k = 2; k <= 16; k++) {
            sum += power / (k * (k - 1.0));
            power *= -d;
        }
        return sum;
    }

    private static double stirlingRemainder(double z) {
        if (z < 10) {
            return Gamma.logGamma(z) - (z - 0.5) * Math.log(z) + z - 0.5 * Math.log(2 * Math.PI);
        }
        double r = 1 / (z * z);
        return (1.0 / 12
                        - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * 691.0 / 360360)))))
                / z;
    }

    private static Verdict verdict(@Nullable Double p, double eMax, boolean isFinal) {
        if (eMax >= Thresholds.SRM_E || (isFinal && p != null && p < Thresholds.SRM_P)) {
            return Verdict.INVALID;
        }
        boolean suspicious = eMax >= Thresholds.SRM_WARN_E || (p != null && p < Thresholds.SRM_WARN_P);
        return suspicious ? Verdict.WARN : Verdict.OK;
    }
}
