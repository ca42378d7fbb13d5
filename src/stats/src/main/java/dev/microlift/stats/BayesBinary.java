package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * How probable is it that the treatment's rate is the higher one, and what is lost if it is not? Uniform priors.
 *
 * <pre>
 * rate of an arm ~ Beta(1+x, 1+n-x), density f, distribution F
 * chance = P(T > C) = integral f_T F_C     lossT = E[(C-T)+] = integral F_T (1-F_C)     lossC = integral F_C (1-F_T)
 * lift quantile q: theta - 1 with G(theta) = integral f_C(u) F_T(min(1, theta u)) du = q
 * </pre>
 *
 * <p>Losses are absolute rates, the lift a fraction. All integrals are taken directly by quadrature (a normal
 * approximation is off by 0.07 at 10 conversions), so small losses keep their digits. There is no refusal on small
 * counts: without data the chance is 0.5. This is a second opinion on the same data and not a sequential design:
 * stopping at a chance above 95 percent at one of 30 looks fires in almost half of all tests without effect.
 *
 * <p>Stucchio 2015, <i>Bayesian A/B testing at VWO</i>; Deng, Lu and Chen 2016, <i>Continuous monitoring of A/B tests
 * without pain: optional stopping in Bayesian testing</i>.
 */
public final class BayesBinary {
    private BayesBinary() {}

    /**
     * The view.
     *
     * @param chance probability that the treatment's rate is higher
     * @param lossT expected loss of rate if the treatment is chosen
     * @param lossC expected loss of rate if the control is chosen
     * @param liftLow lower limit of the lift's credible interval
     * @param liftHigh upper limit
     * @param reason why all are absent, null if they are there
     */
    public record Result(
            @Nullable Double chance,
            @Nullable Double lossT,
            @Nullable Double lossC,
            @Nullable Double liftLow,
            @Nullable Double liftHigh,
            @Nullable Reason reason) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, reason);
        }
    }

    /**
     * The view at credible level {@code level}.
     *
     * @param nC units of the control
     * @param xC conversions of the control
     * @param nT units of the treatment
     * @param xT conversions of the treatment
     */
    public static Result of(long nC, long xC, long nT, long xT, double level) {
        boolean invalid = xC < 0 || xC > nC || xT < 0 || xT > nT;
        Reason refused = Figures.first(invalid ? Reason.INVALID_INPUT : null, Figures.defectOfLevel(level));
        if (refused != null) {
            return Result.refused(refused);
        }
        BetaPosterior control = BetaPosterior.of(nC, xC);
        BetaPosterior treatment = BetaPosterior.of(nT, xT);
        RateRatioLaw equal = RateRatioLaw.at(control, treatment, 0);
        double chance = equal.above();
        double lossT = equal.lossAbove();
        double lossC = equal.lossBelow();
        double liftLow = Math.expm1(RateRatioLaw.quantile(control, treatment, (1 - level) / 2, false));
        double liftHigh = Math.expm1(RateRatioLaw.quantile(control, treatment, (1 - level) / 2, true));
        if (!Figures.finite(chance, lossT, lossC, liftLow, liftHigh)) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        return new Result(probability(chance), probability(lossT), probability(lossC), liftLow, liftHigh, null);
    }

    private static double probability(double value) {
        return Math.min(1, Math.max(0, value));
    }
}
