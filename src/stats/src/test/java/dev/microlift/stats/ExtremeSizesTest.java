package dev.microlift.stats;

import static dev.microlift.stats.Printed.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtremeSizesTest {

    /** Half of the units have {@code mean (1 - 0.1)}, the others {@code mean (1 + 0.1)}: everything is known exactly. */
    private static Moments twoPoints(long n, double mean) {
        return Moments.mean(n, n * mean, n * mean * mean * 1.01);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1e-9",
        "2, 1",
        "2, 1e12",
        "1000, 1e-9",
        "1000, 1e12",
        "1000000000, 1e-9",
        "1000000000, 1",
        "1000000000, 1e12"
    })
    void meansOfAnySizeStayAccurate(long n, double mean) {
        Welch.Result result = Welch.test(twoPoints(n, mean), twoPoints(n, 1.001 * mean), 0.05);
        double se = 0.1 * mean * Math.sqrt((1 + 1.001 * 1.001) / (n - 1));
        assertThat(result.se()).isCloseTo(se, within(1e-9 * se));
        assertThat(result.stat()).isCloseTo(0.001 * mean / se, within(1e-9 * 0.001 * mean / se));
        Fieller.Result lift = Fieller.lift(twoPoints(n, mean), twoPoints(n, 1.001 * mean), 0.05);
        assertThat(lift.lift()).isCloseTo(0.001, within(1e-12));
        assertThat(n == 2 || figure(lift.ciLow()) < 0.001).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {20, 1_000, 1_000_000, 1_000_000_000})
    void ratesOfAnySizeStayAccurate(long n) {
        Moments control = Moments.binary(n, n / 2);
        Welch.Result result = Welch.test(control, Moments.binary(n, n / 2), 0.05);
        double se = Math.sqrt(0.5 / (n - 1));
        assertThat(result.se()).isCloseTo(se, within(1e-12 * se));
        assertThat(result.p()).isEqualTo(1);
        assertThat(result.ciHigh()).isCloseTo(StudentT.upperQuantile(0.025, 2.0 * (n - 1)) * se, within(1e-11 * se));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void aSingleUnitIsRefused(long n) {
        assertThat(Welch.test(twoPoints(n, 1), twoPoints(50, 1), 0.05).reason()).isEqualTo(Reason.TOO_FEW_UNITS);
        assertThat(Fieller.lift(twoPoints(50, 1), twoPoints(n, 1), 0.05).reason())
                .isEqualTo(Reason.TOO_FEW_UNITS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1_000_000, 1_000_000_000})
    void theSampleRatioOfABillionUnitsCostsNoDigits(long n) {
        long[] counts = {n / 2 + 20, n / 2 - 20};
        double c = 10_000;
        SampleRatio.Result result = SampleRatio.check(counts, new double[] {1, 1}, c, 1, false);
        double m = c + n;
        double leading = 800 / m - 0.5 * Math.log1p(n / c);
        assertThat(result.chi2()).isCloseTo(1600.0 / n, within(1e-9 * 1600 / n));
        assertThat(result.lnE()).isCloseTo(leading, within(1e-3));
    }
}
