package dev.microlift.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which reason or warning comes when, where no reference case says it. */
class RefusalsTest {
    private static final Moments RATE = Moments.binary(1_000, 100);

    @Test
    void invalidInputComesBeforeTooFewUnits() {
        assertThat(Welch.test(Moments.binary(1, 2), RATE, 0.05).reason()).isEqualTo(Reason.INVALID_INPUT);
        assertThat(Welch.test(Moments.mean(1, 1, Double.NaN), RATE, 0.05).reason())
                .isEqualTo(Reason.NON_FINITE_INPUT);
        assertThat(Welch.test(Moments.binary(1, 1), RATE, 0.05).reason()).isEqualTo(Reason.TOO_FEW_UNITS);
        assertThat(Welch.test(RATE, RATE, 1).reason()).isEqualTo(Reason.INVALID_INPUT);
        assertThat(Welch.test(RATE, RATE, Double.NaN).reason()).isEqualTo(Reason.NON_FINITE_INPUT);
    }

    @Test
    void aSumOfSquaresSlightlyBelowItsLeastIsRoundingAndFarBelowIsInvalid() {
        assertThat(Moments.mean(10, 10, 10 - 1e-9).m2()).isZero();
        assertThat(Welch.test(Moments.mean(10, 10, 9), RATE, 0.05).reason()).isEqualTo(Reason.INVALID_INPUT);
        assertThat(Welch.test(Moments.mean(10, 0, -1), RATE, 0.05).reason()).isEqualTo(Reason.INVALID_INPUT);
    }

    @Test
    void aRateWhoseSquaresAreNotItsSumIsInvalid() {
        assertThat(Welch.test(Moments.of(Kind.BINARY, 100, 20, 30), RATE, 0.05).reason())
                .isEqualTo(Reason.INVALID_INPUT);
        assertThat(Moments.of(Kind.BINARY, 100, 20, 20)).isEqualTo(Moments.binary(100, 20));
    }

    @Test
    void fewConversionsComeBeforeABaselineThatIsNotPositive() {
        Fieller.Result result = Fieller.lift(Moments.binary(1_000, 0), RATE, 0.05);
        assertThat(result.reason()).isEqualTo(Reason.INSUFFICIENT_CONVERSIONS);
        assertThat(result.lift()).isNull();
    }

    @Test
    void onePThatIsNoneRefusesTheFamily() {
        Multiplicity.Result result = Multiplicity.holm(Arrays.asList(0.01, 1.5, null));
        assertThat(result.reason()).isEqualTo(Reason.INVALID_INPUT);
        assertThat(result.adjusted()).containsOnlyNulls().hasSize(3);
    }

    @Test
    void unequalArmsWithASkewedSmallerOneWarn() {
        Moments large = Moments.central(30_000, 1, 30_000 * 9.0);
        assertThat(Welch.test(large, Moments.central(3_000, 1, 3_000 * 9.0), 0.05)
                        .warnings())
                .containsExactly(Warning.UNBALANCED_SKEW);
        assertThat(Welch.test(large, Moments.central(3_000, 1, 3_000 * 1.0), 0.05)
                        .warnings())
                .isEmpty();
        assertThat(Welch.test(large, Moments.central(6_000, 1, 6_000 * 9.0), 0.05)
                        .warnings())
                .isEmpty();
        assertThat(Welch.test(large, Moments.central(15_000, 1, 9e5), 0.05).warnings())
                .isEmpty();
    }

    @Test
    void aRatioWhoseDenominatorMovedWarns() {
        RatioMetric.Arm control = new RatioMetric.Arm(1_000, 200, 2_000, 260, 5_000, 480);
        RatioMetric.Arm moved = new RatioMetric.Arm(1_000, 230, 2_400, 300, 7_000, 620);
        assertThat(RatioMetric.test(control, moved, 0.05).warnings()).containsExactly(Warning.RATIO_DENOMINATOR_MOVED);
        assertThat(RatioMetric.test(control, control, 0.05).warnings()).isEmpty();
    }

    @Test
    void aCovariateMeasuredAfterExposureIsNotUsed() {
        Cuped.Arm arm = new Cuped.Arm(100, 200, 500, 100, 150, 300, 340, 200);
        Cuped.Result result = Cuped.adjust(arm, arm, 0.05, false);
        assertThat(result.reason()).isEqualTo(Reason.POST_EXPOSURE_COVARIATE);
        assertThat(result.theta()).isNull();
        assertThat(result.se()).isEqualTo(Welch.test(arm.y(), arm.y(), 0.05).se());
    }

    @Test
    void aRateWithFewConversionsIsNotTestedWithACovariateEither() {
        Cuped.Arm none = new Cuped.Arm(Kind.BINARY, 100, 0, 0, 100, 99, 165, 0, 0);
        Cuped.Arm few = new Cuped.Arm(Kind.BINARY, 100, 7, 7, 100, 99, 165, 12, 7);
        Cuped.Result result = Cuped.adjust(none, few, 0.05);
        assertThat(result.reason()).isEqualTo(Reason.INSUFFICIENT_CONVERSIONS);
        assertThat(result.diff()).isEqualTo(0.07);
        assertThat(result.p()).isNull();
        assertThat(result.ciLow()).isNull();
    }

    @Test
    void aCovariateMissingMoreOftenInOneArmWarns() {
        Cuped.Arm known = new Cuped.Arm(1_000, 2_000, 5_000, 900, 1_350, 2_700, 3_000, 1_800);
        Cuped.Arm missing = new Cuped.Arm(1_000, 2_000, 5_000, 600, 900, 1_800, 2_000, 1_200);
        assertThat(Cuped.adjust(known, missing, 0.05).warnings()).containsExactly(Warning.COVARIATE_IMBALANCE);
        assertThat(Cuped.adjust(known, known, 0.05).warnings()).isEmpty();
    }

    @Test
    void extraMicroConversionsWorthLessThanTheOldOnesWarn() {
        IncrementalYield.Arm control = IncrementalYield.Arm.binary(10_000, 1_000, 300, 300);
        IncrementalYield.Arm clickBait = IncrementalYield.Arm.binary(10_000, 1_500, 375, 375);
        assertThat(IncrementalYield.of(control, clickBait, 0.05).warnings()).containsExactly(Warning.LOW_INTENT_GAIN);
        IncrementalYield.Arm impossible = IncrementalYield.Arm.binary(10_000, 1_000, 300, 301);
        assertThat(IncrementalYield.of(control, impossible, 0.05).reason()).isEqualTo(Reason.INVALID_INPUT);
    }

    @Test
    void aRegressionWithFewGoalsForEachCovariateWarns() {
        List<LogisticRegression.Row> rows = List.of(
                new LogisticRegression.Row(List.of(0.0, 0.0), 100, 4),
                new LogisticRegression.Row(List.of(1.0, 0.0), 100, 6),
                new LogisticRegression.Row(List.of(0.0, 1.0), 100, 5));
        assertThat(LogisticRegression.fit(rows, 0.05).warnings()).containsExactly(Warning.LOW_EVENTS_PER_VARIABLE);
        assertThat(LogisticRegression.fit(List.of(), 0.05).reason()).isEqualTo(Reason.INSUFFICIENT_CONVERSIONS);
    }

    @Test
    void separationWithoutAPenaltyHasNoFit() {
        List<LogisticRegression.Row> rows = List.of(
                new LogisticRegression.Row(List.of(1.0), 200, 60), new LogisticRegression.Row(List.of(0.0), 900, 0));
        LogisticRegression.Result result = LogisticRegression.fit(rows, 0.05, 0);
        assertThat(result.beta()).isNull();
        assertThat(result.reason()).isEqualTo(Reason.SEPARATION);
    }

    @Test
    void aFrozenCapIsAppliedAsItIs() {
        Winsorising.Result result = Winsorising.at(new double[] {1, 2, 30}, 5);
        assertThat(result).isEqualTo(new Winsorising.Result(5.0, 1L, 8.0, 30.0, null));
    }

    @Test
    void logarithmsOfRatiosBecomeLifts() {
        assertThat(JourneyDecomposition.relative(Math.log(1.25))).isBetween(0.2499999999, 0.2500000001);
        assertThat(JourneyDecomposition.relative(null)).isNull();
    }

    @Test
    void whatRoundingLeavesOfAConstantIsNoVariance() {
        CompensatedSum sum = new CompensatedSum();
        CompensatedSum sumsq = new CompensatedSum();
        for (int i = 0; i < 70; i++) {
            sum.add(0.1);
            sumsq.add(0.1 * 0.1);
        }
        Moments constant = Moments.mean(70, sum.value(), sumsq.value());
        assertThat(Welch.test(constant, constant, 0.05).reason()).isEqualTo(Reason.ZERO_VARIANCE);
        RatioMetric.Arm third = new RatioMetric.Arm(3, 2, 6, 14.0 / 9, 14, 14.0 / 3);
        assertThat(RatioMetric.test(third, third, 0.05).reason()).isEqualTo(Reason.ZERO_VARIANCE);
    }
}
