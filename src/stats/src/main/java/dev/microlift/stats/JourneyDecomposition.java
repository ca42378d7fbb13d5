package dev.microlift.stats;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where along the journey does the goal's lift come from? The logarithmic lift of the goal as a sum over the steps.
 *
 * <pre>
 * q_k = N_k/N_(k-1)                   contribution_k = ln q_(T,k) - ln q_(C,k)
 * var_k = (1/N_(C,k) - 1/N_(C,k-1)) + (1/N_(T,k) - 1/N_(T,k-1))
 * total = sum contribution_k          totalVar = sum var_k          ci = value -+ z(1-alpha/2) sqrt(var)
 * share_k = contribution_k/total      only if |total| > z(1-alpha/2) sqrt(totalVar)
 * </pre>
 *
 * <p>Figures are logarithms of ratios; {@link #relative} turns one into a lift. This is <b>descriptive accounting</b>:
 * from the second step on, the rate is conditional on a step after exposure, so a negative contribution is no evidence
 * that the step became worse for anybody. There is no p-value. Shares may be negative or exceed 1; they sum to 1.
 *
 * <p>Counts that are not nested are refused. From the first step that nobody reached in an arm, contributions are
 * refused as {@code EMPTY_STEP}, and so is the total; below 10 units at a step its interval is refused, below 10 at the
 * goal the total's interval and all shares. A step that lost nobody in both arms contributes 0 with interval [0, 0].
 *
 * <p>Ang 2004, <i>Decomposition analysis for policymaking in energy</i>; Montgomery, Nyhan and Torres 2018, <i>How
 * conditioning on posttreatment variables can ruin your experiment</i>; Sismeiro and Bucklin 2004, <i>Modeling purchase
 * behavior at an e-commerce web site</i>.
 */
public final class JourneyDecomposition {

    private JourneyDecomposition() {}

    /**
     * One step's part of the total.
     *
     * @param contribution logarithm of the ratio of the step's rates
     * @param var variance of the contribution
     * @param ciLow lower limit
     * @param ciHigh upper limit
     * @param share part of the total
     * @param reason why the contribution or its interval is absent
     * @param shareReason why the share is absent
     */
    public record Step(
            @Nullable Double contribution,
            @Nullable Double var,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double share,
            @Nullable Reason reason,
            @Nullable Reason shareReason) {}

    /**
     * The decomposition.
     *
     * @param total logarithm of the ratio of the goal rates
     * @param totalVar its variance
     * @param totalCiLow lower limit
     * @param totalCiHigh upper limit
     * @param totalReason why figures of the total are absent
     * @param steps the steps' parts, the goal last; empty if the input is refused
     */
    public record Result(
            @Nullable Double total,
            @Nullable Double totalVar,
            @Nullable Double totalCiLow,
            @Nullable Double totalCiHigh,
            @Nullable Reason totalReason,
            List<Step> steps) {

        /** Copies the list. */
        public Result {
            steps = List.copyOf(steps);
        }
    }

    /** A logarithm of a ratio as a relative difference, {@code exp(x) - 1}; null stays null. */
    public static @Nullable Double relative(@Nullable Double logRatio) {
        return logRatio == null ? null : Figures.orNull(Math.expm1(logRatio));
    }

    /**
     * Decomposes the goal's lift.
     *
     * @param reachC units of the control that reached at least step 0 (exposed), 1, ..., goal
     * @param reachT the same for the treatment
     * @param alpha two-sided error level of every interval
     */
    public static Result of(long[] reachC, long[] reachT, double alpha) {
        Reason refused = refusal(reachC, reachT, alpha);
        if (refused != null) {
            return new Result(null, null, null, null, refused, List.of());
        }
        int goal = reachC.length - 1;
        double z = Normal.upperQuantile(alpha / 2);
        Part total = Part.between(reachC, reachT, 0, goal);
        Reason totalReason = total.refusal();
        Reason shareReason = totalReason == null && Math.abs(total.value) <= z * Math.sqrt(total.var)
                ? Reason.TOTAL_NOT_SIGNIFICANT
                : totalReason;
        List<Step> steps = new ArrayList<>();
        for (int k = 1; k <= goal; k++) {
            Part part = Part.between(reachC, reachT, k - 1, k);
            Double share = shareReason == null ? part.value / total.value : null;
            steps.add(step(part, z, share, shareReason));
        }
        if (totalReason == Reason.EMPTY_STEP) {
            return new Result(null, null, null, null, totalReason, steps);
        }
        double reach = z * Math.sqrt(total.var);
        boolean printed = totalReason == null;
        return new Result(
                total.value,
                total.var,
                printed ? total.value - reach : null,
                printed ? total.value + reach : null,
                totalReason,
                steps);
    }

    private static Step step(Part part, double z, @Nullable Double share, @Nullable Reason shareReason) {
        Reason reason = part.refusal();
        if (reason == Reason.EMPTY_STEP) {
            return new Step(null, null, null, null, null, reason, shareReason);
        }
        double reach = z * Math.sqrt(part.var);
        boolean printed = reason == null;
        return new Step(
                part.value,
                part.var,
                printed ? part.value - reach : null,
                printed ? part.value + reach : null,
                share,
                reason,
                shareReason);
    }

    private static @Nullable Reason refusal(long[] reachC, long[] reachT, double alpha) {
        boolean invalid = reachC.length != reachT.length || reachC.length < 2 || !nested(reachC) || !nested(reachT);
        Reason level = Figures.defectOfLevel(alpha);
        if (invalid || level != null) {
            return invalid ? Reason.INVALID_INPUT : level;
        }
        return reachC[0] == 0 || reachT[0] == 0 ? Reason.TOO_FEW_UNITS : null;
    }

    private static boolean nested(long[] reach) {
        for (int k = 1; k < reach.length; k++) {
            if (reach[k] > reach[k - 1]) {
                return false;
            }
        }
        return reach[reach.length - 1] >= 0;
    }

    /** Logarithmic ratio of the rates from one set to a later one, in the treatment against the control. */
    private record Part(double value, double var, long fewest) {

        static Part between(long[] reachC, long[] reachT, int from, int to) {
            double value = Math.log((double) reachT[to] / reachT[from]) - Math.log((double) reachC[to] / reachC[from]);
            double var = lost(reachC[from], reachC[to]) + lost(reachT[from], reachT[to]);
            return new Part(value, var, Math.min(reachC[to], reachT[to]));
        }

        private static double lost(long before, long after) {
            return (double) (before - after) / before / after;
        }

        @Nullable
        Reason refusal() {
            if (fewest == 0) {
                return Reason.EMPTY_STEP;
            }
            return fewest < Thresholds.MIN_CONVERSIONS ? Reason.INSUFFICIENT_CONVERSIONS : null;
        }
    }
}
