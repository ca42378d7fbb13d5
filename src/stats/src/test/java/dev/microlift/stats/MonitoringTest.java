package dev.microlift.stats;

import static dev.microlift.stats.Printed.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoringTest {
    private static final Moments CONTROL = Moments.binary(10_000, 1_000);
    private static final Moments BETTER = Moments.binary(10_000, 1_200);
    private static final Moments WORSE = Moments.binary(10_000, 800);

    @ParameterizedTest
    @CsvSource({
        "0.01, 9.08",
        "0.05, 4.72",
        "0.1, 3.86",
        "0.25, 3.26",
        "0.5, 3.08",
        "1, 3.035",
        "2, 3.06",
        "10, 3.24",
        "100, 3.56"
    })
    void theMultiplierIsSmallestNearThePlannedSize(double share, double expected) {
        ConfidenceSequence.Result look = ConfidenceSequence.of(CONTROL, BETTER, 0.05, 20_000 / share);
        assertThat(look.k()).isCloseTo(expected, within(0.006));
    }

    @Test
    void theRunningPNeverRises() {
        assertThat(ConfidenceSequence.pRunning(null, 0.4)).isEqualTo(0.4);
        assertThat(ConfidenceSequence.pRunning(0.4, 0.6)).isEqualTo(0.4);
        assertThat(ConfidenceSequence.pRunning(0.4, 0.1)).isEqualTo(0.1);
        assertThat(ConfidenceSequence.pRunning(0.4, null)).isEqualTo(0.4);
    }

    @Test
    void theHybridLooksAtOnePercentAndEndsAtFour() {
        assertThat(HybridMonitoring.look(CONTROL, BETTER, 40_000))
                .isEqualTo(ConfidenceSequence.of(CONTROL, BETTER, 0.01, 20_000));
        HybridMonitoring.Final end = HybridMonitoring.end(CONTROL, BETTER, 0.05);
        assertThat(end.alphaFinal()).isCloseTo(0.04, within(1e-15));
        assertThat(end.difference()).isEqualTo(Welch.test(CONTROL, BETTER, figure(end.alphaFinal())));
        assertThat(end.isSignificant()).isTrue();
        assertThat(HybridMonitoring.end(CONTROL, CONTROL, 0.05).isSignificant()).isFalse();
    }

    @Test
    void anAlphaThatLeavesNothingForTheEndIsRefused() {
        HybridMonitoring.Final end = HybridMonitoring.end(CONTROL, BETTER, 0.01);
        assertThat(end.difference().reason()).isEqualTo(Reason.INVALID_INPUT);
        assertThat(end.isSignificant()).isFalse();
    }

    @Test
    void aGuardrailPassesOrFailsOnTheSideThatMatters() {
        SequentialGuardrail.Result better = SequentialGuardrail.look(CONTROL, BETTER, 0.05, 0.05, true, 20_000);
        assertThat(better.verdict()).isEqualTo(NonInferiority.Verdict.PASS);
        assertThat(SequentialGuardrail.look(CONTROL, WORSE, 0.05, 0.05, true, 20_000)
                        .verdict())
                .isEqualTo(NonInferiority.Verdict.VIOLATED);
        assertThat(SequentialGuardrail.look(CONTROL, BETTER, 0.05, 0.05, false, 20_000)
                        .verdict())
                .isEqualTo(NonInferiority.Verdict.VIOLATED);
        assertThat(SequentialGuardrail.look(CONTROL, CONTROL, 0.05, 0.05, true, 20_000)
                        .verdict())
                .isEqualTo(NonInferiority.Verdict.INCONCLUSIVE);
        assertThat(better.stat())
                .isCloseTo(
                        figure(NonInferiority.test(CONTROL, BETTER, 0.05, 0.05, true)
                                .stat()),
                        within(1e-12));
    }

    @Test
    void aGuardrailWithoutFiguresIsInconclusiveAndNeverPassed() {
        Moments few = Moments.binary(300, 9);
        SequentialGuardrail.Result early = SequentialGuardrail.look(few, BETTER, 0.05, 0.05, true, 20_000);
        assertThat(early.reason()).isEqualTo(Reason.BURN_IN);
        assertThat(early.verdict()).isEqualTo(NonInferiority.Verdict.INCONCLUSIVE);
        assertThat(SequentialGuardrail.look(CONTROL, BETTER, 0.05, 0, true, 20_000)
                        .reason())
                .isEqualTo(Reason.INVALID_INPUT);
        assertThat(SequentialGuardrail.look(CONTROL, BETTER, 0.5, 0.05, true, 20_000)
                        .reason())
                .isEqualTo(Reason.INVALID_INPUT);
    }
}
