package dev.microlift.stats;

import static dev.microlift.stats.Printed.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BayesBinaryTest {

    @Test
    void withoutDataTheLiftLimitsAreThoseOfARatioOfUniformRates() {
        BayesBinary.Result result = BayesBinary.of(0, 0, 0, 0, 0.95);
        assertThat(result.chance()).isCloseTo(0.5, within(1e-14));
        assertThat(result.lossT()).isCloseTo(1.0 / 6, within(1e-14));
        assertThat(result.liftLow()).isCloseTo(-0.95, within(1e-12));
        assertThat(result.liftHigh()).isCloseTo(19, within(1e-10));
    }

    @Test
    void exchangingTheArmsExchangesTheLossesAndMirrorsTheChance() {
        BayesBinary.Result one = BayesBinary.of(900, 31, 1100, 52, 0.9);
        BayesBinary.Result other = BayesBinary.of(1100, 52, 900, 31, 0.9);
        assertThat(figure(one.chance()) + figure(other.chance())).isCloseTo(1, within(1e-13));
        assertThat(one.lossT()).isCloseTo(other.lossC(), within(1e-16));
        assertThat((1 + figure(one.liftLow())) * (1 + figure(other.liftHigh()))).isCloseTo(1, within(1e-12));
    }

    @Test
    void aBillionUnitsCostNoDigits() {
        BayesBinary.Result result = BayesBinary.of(1_000_000_000, 10_000_000, 1_000_000_000, 10_004_000, 0.95);
        double sd = Math.sqrt(0.01 * 0.99 / 1e9 + 0.010004 * 0.989996 / 1e9);
        assertThat(result.chance()).isCloseTo(Normal.cumulative(4e-6 / sd), within(1e-6));
        assertThat(figure(result.lossC()) - figure(result.lossT())).isCloseTo(4e-6, within(1e-13));
    }
}
