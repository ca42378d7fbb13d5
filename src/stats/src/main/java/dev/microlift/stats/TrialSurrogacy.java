package dev.microlift.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Across many experiments, does an effect on the micro step foretell the effect on the goal? Slope and correlation of
 * the true effects, with the sampling noise taken out.
 *
 * <pre>
 * S = sample covariance of (dA, dB)     T_AA = S_AA - mean(vA)     T_BB = S_BB - mean(vB)     T_AB = S_AB - mean(cAB)
 * slope = T_AB/T_AA     corr = T_AB/sqrt(T_AA T_BB)     reliability = T_AA/S_AA     naiveSlope = S_AB/S_AA
 * </pre>
 *
 * <p>Effects are logarithms of ratios, so that experiments are comparable; {@link Trial} holds their sampling
 * (co)variances. The slope is the headline; the correlation is unstable and means something only with its interval.
 * Fewer than 20 experiments refuse everything, reliability below 0.2 the corrected figures, no true variation of the
 * macro effects the correlation; beyond 1 the correlation is clipped. Below 50 experiments {@code IMPRECISE} is raised.
 * Intervals are percentiles of 2,000 seeded resamples of experiments, {@code UNSTABLE} if more than a tenth of them are
 * undefined.
 *
 * <p>Bibaut, Chou, Ejdemyr and Kallus 2024, <i>Learning the covariance of treatment effects across many weak
 * experiments</i>; Buyse et al. 2000, <i>The validation of surrogate endpoints in meta-analyses of randomized
 * experiments</i>; Fuller 1987, <i>Measurement error models</i>; VanderWeele 2013, <i>Surrogate measures and consistent
 * surrogates</i>.
 */
public final class TrialSurrogacy {
    private static final int RESAMPLES = 2000;
    private static final long SEED = 20240229L;

    private TrialSurrogacy() {}

    /**
     * One stopped experiment.
     *
     * @param dA estimated effect on the micro step
     * @param dB estimated effect on the goal
     * @param vA sampling variance of dA
     * @param vB sampling variance of dB
     * @param cAB sampling covariance of the two
     */
    public record Trial(double dA, double dB, double vA, double vB, double cAB) {

        /**
         * An experiment by the logarithms of its ratios of means: {@code d = ln(m_T/m_C)}, {@code v = sum v_a/m_a^2},
         * {@code c = sum cov_a/(mA_a mB_a)}.
         *
         * @return nothing if an arm has fewer than 2 units or a mean that is not positive
         */
        public static Optional<Trial> logRatios(IncrementalYield.Arm control, IncrementalYield.Arm treatment) {
            if (Math.min(control.n(), treatment.n()) < Thresholds.MIN_UNITS) {
                return Optional.empty();
            }
            PairedSums c = control.paired();
            PairedSums t = treatment.paired();
            Trial trial = new Trial(
                    Math.log(t.meanX() / c.meanX()),
                    Math.log(t.meanY() / c.meanY()),
                    c.varX() / c.meanX() / c.meanX() + t.varX() / t.meanX() / t.meanX(),
                    c.varY() / c.meanY() / c.meanY() + t.varY() / t.meanY() / t.meanY(),
                    c.cov() / c.meanX() / c.meanY() + t.cov() / t.meanX() / t.meanY());
            boolean positive = Math.min(Math.min(c.meanX(), c.meanY()), Math.min(t.meanX(), t.meanY())) > 0;
            return positive && trial.defect() == null ? Optional.of(trial) : Optional.empty();
        }

        private @Nullable Reason defect() {
            if (!Figures.finite(dA, dB, vA, vB, cAB)) {
                return Reason.NON_FINITE_INPUT;
            }
            return vA < 0 || vB < 0 ? Reason.INVALID_INPUT : null;
        }
    }

    /**
     * The relation.
     *
     * @param slope effect on the goal for each unit of effect on the micro step
     * @param intercept effect on the goal without effect on the micro step
     * @param corr correlation of the true effects, clipped to [-1, 1]
     * @param r2 its square
     * @param reliability share of true variation among the variation of the estimated micro effects
     * @param naiveSlope slope with the sampling noise left in
     * @param naiveCorr correlation with the sampling noise left in
     * @param signAgreement share of experiments whose effects agree in sign
     * @param slopeCiLow lower limit of the slope
     * @param slopeCiHigh upper limit
     * @param corrCiLow lower limit of the correlation
     * @param corrCiHigh upper limit
     * @param corrClipped whether the correlation was beyond 1
     * @param reason why the slope is absent
     * @param corrReason why the correlation is absent
     * @param slopeCiReason why the slope's interval is absent
     * @param corrCiReason why the correlation's interval is absent
     * @param warnings what to know about figures that are there
     */
    public record Result(
            @Nullable Double slope,
            @Nullable Double intercept,
            @Nullable Double corr,
            @Nullable Double r2,
            @Nullable Double reliability,
            @Nullable Double naiveSlope,
            @Nullable Double naiveCorr,
            @Nullable Double signAgreement,
            @Nullable Double slopeCiLow,
            @Nullable Double slopeCiHigh,
            @Nullable Double corrCiLow,
            @Nullable Double corrCiHigh,
            boolean corrClipped,
            @Nullable Reason reason,
            @Nullable Reason corrReason,
            @Nullable Reason slopeCiReason,
            @Nullable Reason corrCiReason,
            List<Warning> warnings) {

        private static Result refused(Reason reason) {
            return new Result(
                    null, null, null, null, null, null, null, null, null, null, null, null, false, reason, reason,
                    reason, reason, List.of());
        }
    }

    /** The relation across {@code trials}, intervals at two-sided error level {@code alpha}. */
    public static Result of(List<Trial> trials, double alpha) {
        Reason refused = refusal(trials, alpha);
        if (refused != null) {
            return Result.refused(refused);
        }
        TrialCovariance all = TrialCovariance.of(trials);
        if (!all.isFinite()) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        List<Warning> warnings = trials.size() < Thresholds.PRECISE_TRIALS ? List.of(Warning.IMPRECISE) : List.of();
        Double slope = Figures.orNull(all.slope());
        Double corr = Figures.orNull(all.corr());
        Reason reason = slope == null ? Reason.NO_TRUE_VARIATION_MICRO : null;
        Reason corrReason = reason == null && corr == null ? Reason.NO_TRUE_VARIATION_MACRO : reason;
        Interval slopeCi = Interval.refused(reason);
        Interval corrCi = Interval.refused(corrReason);
        if (slope != null) {
            Replicates replicates = Replicates.of(trials);
            slopeCi = Interval.of(replicates.slopes, alpha);
            corrCi = corr == null ? corrCi : Interval.of(replicates.corrs, alpha);
        }
        return new Result(
                slope,
                slope == null ? null : all.meanB() - slope * all.meanA(),
                corr,
                corr == null ? null : corr * corr,
                Figures.orNull(all.reliability()),
                Figures.orNull(all.naiveSlope()),
                Figures.orNull(all.naiveCorr()),
                signAgreement(trials),
                slopeCi.low,
                slopeCi.high,
                corrCi.low,
                corrCi.high,
                all.isClipped(),
                reason,
                corrReason,
                slopeCi.reason,
                corrCi.reason,
                warnings);
    }

    private static @Nullable Reason refusal(List<Trial> trials, double alpha) {
        Reason level = Figures.defectOfLevel(alpha);
        if (level != null) {
            return level;
        }
        for (Trial trial : trials) {
            Reason defect = trial.defect();
            if (defect != null) {
                return defect;
            }
        }
        return trials.size() < Thresholds.MIN_TRIALS ? Reason.TOO_FEW_TRIALS : null;
    }

    private static @Nullable Double signAgreement(List<Trial> trials) {
        long agreeing = trials.stream()
                .filter(trial -> Math.signum(trial.dA) * Math.signum(trial.dB) > 0)
                .count();
        long counted =
                trials.stream().filter(trial -> trial.dA != 0 && trial.dB != 0).count();
        return counted == 0 ? null : (double) agreeing / counted;
    }

    /** Percentile interval, or why there is none. */
    private record Interval(
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Reason reason) {

        static Interval refused(@Nullable Reason reason) {
            return new Interval(null, null, reason);
        }

        /** From replicates of which an undefined one is NaN. */
        static Interval of(double[] replicates, double alpha) {
            double[] valid =
                    Arrays.stream(replicates).filter(Double::isFinite).sorted().toArray();
            if (replicates.length - valid.length > Thresholds.MAX_INVALID_REPLICATES * replicates.length) {
                return refused(Reason.UNSTABLE);
            }
            return new Interval(percentile(valid, alpha / 2), percentile(valid, 1 - alpha / 2), null);
        }

        private static double percentile(double[] sorted, double q) {
            double position = (sorted.length - 1) * q;
            int below = (int) Math.floor(position);
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
        }
    }

    /** Slopes and correlations of resampled experiments, NaN where undefined. */
    @SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
    private record Replicates(double[] slopes, double[] corrs) {

        static Replicates of(List<Trial> trials) {
            Random random = new Random(SEED);
            Replicates replicates = new Replicates(new double[RESAMPLES], new double[RESAMPLES]);
            Trial[] resample = new Trial[trials.size()];
            for (int i = 0; i < RESAMPLES; i++) {
                for (int j = 0; j < resample.length; j++) {
                    resample[j] = trials.get(random.nextInt(resample.length));
                }
                TrialCovariance covariance = TrialCovariance.of(Arrays.asList(resample));
                replicates.slopes[i] = covariance.slope();
                replicates.corrs[i] = covariance.corr();
            }
            return replicates;
        }
    }
}
