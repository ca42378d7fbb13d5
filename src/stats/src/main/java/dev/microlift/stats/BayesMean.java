package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * How probable is it that the treatment's mean is the higher one, and what is lost if it is not? Normal law of the
 * difference, optionally with a normal prior on it.
 *
 * <pre>
 * precision = 1/se^2 + 1/priorSd^2     postMean = (diff/se^2 + priorMean/priorSd^2)/precision     h = postMean/postSd
 * chance = Phi(h)     lossT = postSd (phi(h) - h Phi(-h))     lossC = postSd (phi(h) + h Phi(h))
 * ci = postMean -+ z(1-(1-level)/2) postSd     lift: the set of {@link Fieller} with that z (flat prior only)
 * </pre>
 *
 * <p>Figures are in the metric's unit of measure. Small losses keep their digits. Refusals of {@link Welch} refuse
 * everything; a prior on the difference refuses the lift. This is a second opinion and not a sequential design.
 *
 * <p>Stucchio 2015, <i>Bayesian A/B testing at VWO</i>; Deng, Lu and Chen 2016, <i>Continuous monitoring of A/B tests
 * without pain: optional stopping in Bayesian testing</i>.
 */
public final class BayesMean {
    private static final double ASYMPTOTIC_FROM = 10;

    private BayesMean() {}

    /**
     * What was believed about the absolute difference before the test.
     *
     * @param mean expected difference
     * @param sd its standard deviation, positive
     */
    public record Prior(double mean, double sd) {

        private @Nullable Reason defect() {
            if (!Figures.finite(mean, sd)) {
                return Reason.NON_FINITE_INPUT;
            }
            return sd > 0 ? null : Reason.INVALID_INPUT;
        }
    }

    /**
     * The view.
     *
     * @param postMean mean of the difference
     * @param postSd its standard deviation
     * @param chance probability that the treatment's mean is higher
     * @param lossT expected loss of mean if the treatment is chosen
     * @param lossC expected loss of mean if the control is chosen
     * @param ciLow lower limit of the difference's credible interval
     * @param ciHigh upper limit
     * @param liftLow lower limit of the lift
     * @param liftHigh upper limit
     * @param reason why figures of the difference are absent
     * @param liftReason why figures of the lift are absent
     */
    public record Result(
            @Nullable Double postMean,
            @Nullable Double postSd,
            @Nullable Double chance,
            @Nullable Double lossT,
            @Nullable Double lossC,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double liftLow,
            @Nullable Double liftHigh,
            @Nullable Reason reason,
            @Nullable Reason liftReason) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, null, null, null, reason, reason);
        }
    }

    /** The view at credible level {@code level} with a flat prior. */
    public static Result of(Moments control, Moments treatment, double level) {
        return of(control, treatment, level, null);
    }

    /** The view at credible level {@code level}; no prior is a flat one. */
    public static Result of(Moments control, Moments treatment, double level, @Nullable Prior prior) {
        Welch.Result difference = Welch.test(control, treatment, level);
        Reason refused = Figures.first(prior == null ? null : prior.defect(), difference.reason());
        if (refused != null) {
            return Result.refused(refused);
        }
        StandardError error = StandardError.of(control, treatment);
        double z = Normal.upperQuantile((1 - level) / 2);
        double diff = treatment.m() - control.m();
        double weight = prior == null ? 0 : square(error.se() / prior.sd());
        double postMean = prior == null ? diff : (diff + weight * prior.mean()) / (1 + weight);
        double postSd = error.se() / Math.sqrt(1 + weight);
        double h = postMean / postSd;
        double lossT = postSd * lossOfStandardised(h);
        double lossC = postSd * lossOfStandardised(-h);
        double low = postMean - z * postSd;
        double high = postMean + z * postSd;
        if (!Figures.finite(postMean, postSd, lossT, lossC, low, high)) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        FiellerSet lift = prior == null
                ? FiellerSet.lift(control.m(), treatment.m(), error.vC(), error.vT(), 0, z)
                : FiellerSet.refused(null, Reason.PRIOR_ON_DIFFERENCE);
        return new Result(
                postMean,
                postSd,
                Normal.cumulative(h),
                lossT,
                lossC,
                low,
                high,
                lift.low(),
                lift.high(),
                null,
                lift.reason());
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * {@code E[(-Z)+]} for Z of mean h and variance 1: {@code phi(h) - h Phi(-h)}. From 10 on by the asymptotic series
     * {@code phi(h) (1/h^2 - 3/h^4 + 15/h^6 - ...)}, because the difference loses its digits.
     */
    private static double lossOfStandardised(double h) {
        if (h < ASYMPTOTIC_FROM) {
            return Normal.density(h) - h * Normal.upperTail(h);
        }
        double r = 1 / (h * h);
        double term = r;
        double sum = 0;
        for (int k = 3; k < 40; k += 2) {
            sum += term;
            term *= -k * r;
        }
        return Normal.density(h) * sum;
    }
}
