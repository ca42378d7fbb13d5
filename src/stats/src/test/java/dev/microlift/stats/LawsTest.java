package dev.microlift.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tails and quantiles against values of arbitrary-precision arithmetic (mpmath 1.3, 30 digits). */
class LawsTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1e-08, 0.4999999968169011",
        "1, 0.5, 0.3524163823495667",
        "1, 1000000.0, 3.183098861836846e-7",
        "2.5, 3.3, 0.02970106438972205",
        "7, 0.1, 0.4615740298023962",
        "20, 6, 3.621849965208285e-6",
        "99, 2, 0.02411984668631646",
        "500, 10, 6.930246799119958e-22",
        "5000, 1.96, 0.02502562614590977",
        "9999, 0.001, 0.4996010677605237",
        "10001, 0.001, 0.499601067758529",
        "10001, 5, 2.915158409534674e-7",
        "20000, 37, 3.196902463001848e-290",
        "400000, 15.318, 3.001021970685627e-53"
    })
    void studentTailsKeepTheirDigits(double df, double t, double expected) {
        assertThat(StudentT.upperTail(t, df)).isCloseTo(expected, within(2e-11 * expected));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1e-10",
        "1, 0.025",
        "2.5, 0.4",
        "7, 0.05",
        "99.5, 1e-30",
        "5000, 1e-30",
        "9999, 0.025",
        "10001, 0.025",
        "1e6, 1e-10",
        "2e9, 0.005",
        "30, 0.7"
    })
    void aQuantileHasItsTail(double df, double q) {
        double t = StudentT.upperQuantile(q, df);
        assertThat(StudentT.upperTail(t, df)).isCloseTo(q, within(2e-11 * q));
    }

    @Test
    void theNormalQuantilesAreKnown() {
        assertThat(Normal.upperQuantile(0.025)).isCloseTo(1.959963984540054, within(1e-14));
        assertThat(Normal.upperQuantile(0.975)).isCloseTo(-1.959963984540054, within(1e-14));
        assertThat(Normal.upperQuantile(0.5)).isZero();
        assertThat(Normal.upperTail(Normal.upperQuantile(1e-300))).isCloseTo(1e-300, within(1e-312));
    }

    @Test
    void theChiSquareTailOfTwoDegreesIsExponential() {
        for (double x = 0.1; x < 1400; x *= 1.7) {
            double expected = Math.exp(-x / 2);
            assertThat(ChiSquare.upperTail(x, 2)).isCloseTo(expected, within(1e-12 * expected));
        }
    }

    @Test
    void panelsIntegratePolynomialsUpToEveryNode() {
        PanelRule rule = new PanelRule(new double[] {0, 0.2, 0.7, 1});
        double[] powers = rule.points().clone();
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Math.pow(powers[i], 7);
        }
        assertThat(rule.integral(powers)).isCloseTo(0.125, within(1e-15));
        for (int i = 0; i < powers.length; i++) {
            double upTo = Math.pow(rule.points()[i], 8) / 8;
            assertThat(rule.fromLeft(powers)[i]).isCloseTo(upTo, within(1e-15));
            assertThat(rule.toRight(powers)[i]).isCloseTo(0.125 - upTo, within(1e-15));
        }
    }

    @Test
    void aCompensatedSumDoesNotForgetSmallNumbers() {
        CompensatedSum sum = new CompensatedSum();
        sum.add(1e16);
        for (int i = 0; i < 1000; i++) {
            sum.add(0.1);
        }
        sum.add(-1e16);
        assertThat(sum.value()).isCloseTo(100, within(1e-11));
    }
}
