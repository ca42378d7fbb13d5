package dev.microlift.stats;

import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Do two rates differ, however few converted or did not? Where nobody or everybody does, a standard error does not exist
 * and this test still holds.
 *
 * <pre>
 * N = nC + nT     K = xC + xT     pmf(k) = C(nT, k) C(nC, K-k) / C(N, K)     p = sum of all pmf(k) &lt;= pmf(xT)
 * </pre>
 *
 * <p>The p-value is two-sided and never too small: of all ways to divide the conversions between the arms, the probability
 * of those that are no more probable than what was found. Probabilities within 1e-7 of each other count as equal. Only
 * terms that add something are summed, from the middle outwards: large arms take a few standard deviations of them.
 *
 * <p>Fisher 1934, <i>Statistical Methods for Research Workers</i>, section 21.02; Agresti 1992, <i>A survey of exact
 * inference for contingency tables</i>.
 */
public final class FisherExact {

    private static final double EQUAL = 1e-7;
    private static final double NEGLIGIBLE = 1e-17;

    private FisherExact() {}

    /**
     * The comparison.
     *
     * @param p two-sided p-value
     * @param reason why it is absent, null if it is there
     */
    public record Result(@Nullable Double p, @Nullable Reason reason) {}

    /**
     * Compares a treatment with a control; together they have less than 2^31 units.
     *
     * @param nC units of the control
     * @param xC conversions of the control
     * @param nT units of the treatment
     * @param xT conversions of the treatment
     */
    public static Result test(long nC, long xC, long nT, long xT) {
        boolean isTable = xC >= 0 && xC <= nC && xT >= 0 && xT <= nT;
        if (!isTable || nC > Integer.MAX_VALUE - nT) {
            return new Result(null, Reason.INVALID_INPUT);
        }
        if (nC == 0 || nT == 0) {
            return new Result(null, Reason.TOO_FEW_UNITS);
        }
        Division conversions = new Division((int) nT, (int) (xC + xT), (int) (nC + nT));
        if (conversions.isTheOnlyOne()) {
            return new Result(1.0, null);
        }
        double p = xT <= conversions.mode()
                ? conversions.p((int) xT)
                : conversions.ofTheOthers().p((int) (nT - xT));
        return new Result(p, null);
    }

    /** How the converted units among all fall to the treatment, by chance alone. */
    private record Division(int treated, int converted, int all) {

        boolean isTheOnlyOne() {
            return converted == 0 || converted == all;
        }

        int mode() {
            return (int) Math.min(highest(), (treated + 1.0) * (converted + 1.0) / (all + 2.0));
        }

        /** The same told by those that did not convert. */
        Division ofTheOthers() {
            return new Division(treated, all - converted, all);
        }

        /** For a count that is no higher than the mode. */
        double p(int count) {
            int mirror = mirror(count);
            double below = Math.exp(log(count)) * outwards(count, -1);
            double above = mirror > highest() ? 0 : Math.exp(log(mirror)) * outwards(mirror, 1);
            return Math.min(1, below + above);
        }

        /** The lowest count above that is no more probable; beyond the highest if there is none. */
        private int mirror(int count) {
            double most = log(count) + EQUAL;
            int low = Math.max(mode(), count);
            int high = highest() + 1;
            while (high - low > 1) {
                int middle = low + (high - low) / 2;
                if (log(middle) <= most) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return high;
        }

        /** The probabilities from a count on, as multiples of its own. */
        private double outwards(int count, int direction) {
            double sum = 1;
            double term = 1;
            for (int k = count; term > NEGLIGIBLE * sum; k += direction) {
                term *= direction > 0 ? ratio(k) : 1 / ratio(k - 1);
                sum += term;
            }
            return sum;
        }

        /** The probability of the next count as a multiple of this one's; 0 after the highest, infinite before the lowest. */
        private double ratio(int k) {
            double among = (treated - (double) k) * (converted - (double) k);
            return among / ((k + 1.0) * ((double) all - treated - converted + k + 1.0));
        }

        private double log(int k) {
            return new HypergeometricDistribution(null, all, converted, treated).logProbability(k);
        }

        private int highest() {
            return Math.min(treated, converted);
        }
    }
}
