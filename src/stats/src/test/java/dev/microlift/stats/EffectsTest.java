package dev.microlift.stats;

import static dev.microlift.stats.Printed.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Effects that travel from one test to a comparison of several. */
class EffectsTest {

    @Test
    void aLogRatioIsTheLogarithmOfOnePlusTheLift() {
        Moments control = Moments.binary(10_000, 1_000);
        Moments treatment = Moments.binary(10_000, 1_080);
        LogRatio.Result effect = LogRatio.of(control, treatment);
        Fieller.Result lift = Fieller.lift(control, treatment, 0.05);
        assertThat(effect.d()).isCloseTo(Math.log1p(figure(lift.lift())), within(1e-14));
        double ratio = 1 + figure(lift.lift());
        assertThat(effect.v()).isCloseTo(figure(lift.varLift()) / ratio / ratio, within(1e-15));
        assertThat(LogRatio.of(Moments.binary(100, 9), treatment).reason()).isEqualTo(Reason.INSUFFICIENT_CONVERSIONS);
        Moments negative = Moments.mean(3, -3, 4);
        assertThat(LogRatio.of(negative, Moments.mean(3, 3, 4)).reason()).isEqualTo(Reason.BASELINE_NOT_POSITIVE);
    }

    @Test
    void aTrialOfRatesHasTheVariancesOfItsSteps() {
        IncrementalYield.Arm control = IncrementalYield.Arm.binary(10_000, 1_000, 300, 300);
        IncrementalYield.Arm treatment = IncrementalYield.Arm.binary(10_000, 1_500, 375, 375);
        TrialSurrogacy.Trial trial =
                TrialSurrogacy.Trial.logRatios(control, treatment).orElseThrow();
        LogRatio.Result micro = LogRatio.of(Moments.binary(10_000, 1_000), Moments.binary(10_000, 1_500));
        LogRatio.Result macro = LogRatio.of(Moments.binary(10_000, 300), Moments.binary(10_000, 375));
        assertThat(trial.dA()).isCloseTo(figure(micro.d()), within(1e-14));
        assertThat(trial.vA()).isCloseTo(figure(micro.v()), within(1e-15));
        assertThat(trial.vB()).isCloseTo(figure(macro.v()), within(1e-15));
        double nested = 0.03 * 0.9 / 9_999 / 0.1 / 0.03 + 0.0375 * 0.85 / 9_999 / 0.15 / 0.0375;
        assertThat(trial.cAB()).isCloseTo(nested, within(1e-15));
        IncrementalYield.Arm empty = IncrementalYield.Arm.binary(10_000, 0, 0, 0);
        assertThat(TrialSurrogacy.Trial.logRatios(empty, treatment)).isEmpty();
    }

    @Test
    void theSlopeAcrossTrialsIsFreeOfTheirSamplingNoise() {
        Random random = new Random(3);
        List<TrialSurrogacy.Trial> trials = new ArrayList<>();
        for (int j = 0; j < 400; j++) {
            double micro = 0.05 * random.nextGaussian();
            double noise = 0.03 * random.nextGaussian();
            double dA = micro + noise;
            double dB = 0.5 * micro + noise;
            trials.add(new TrialSurrogacy.Trial(dA, dB, 9e-4, 9e-4, 9e-4));
        }
        TrialSurrogacy.Result result = TrialSurrogacy.of(trials, 0.05);
        assertThat(result.slope()).isBetween(0.42, 0.58);
        assertThat(figure(result.slopeCiLow())).isLessThan(0.5);
        assertThat(figure(result.slopeCiHigh())).isGreaterThan(0.5);
        assertThat(figure(result.naiveSlope())).isGreaterThan(0.6);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void answersOfDifferentSignsWarn() {
        assertThat(new StepEvidence(0.2, 0.1, null).warnings()).isEmpty();
        assertThat(new StepEvidence(0.2, -0.1, null).warnings()).containsExactly(Warning.SIGN_DISAGREEMENT);
        assertThat(new StepEvidence(null, null, null).warnings()).isEmpty();
        assertThat(new StepEvidence(0.2, 0.0, 0.3).warnings()).isEmpty();
    }
}
