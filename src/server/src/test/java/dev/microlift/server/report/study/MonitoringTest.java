package dev.microlift.server.report.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.experiment.Method;
import dev.microlift.server.experiment.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MonitoringTest {

    private static Monitoring monitoring(Method method, @Nullable Long plannedUnits, long matured) {
        return monitoring(method, plannedUnits, matured, false);
    }

    private static Monitoring monitoring(Method method, @Nullable Long plannedUnits, long matured, boolean isStopped) {
        return new Monitoring(new Plan(null, 0.05, method, plannedUnits, List.of(), null), matured, isStopped);
    }

    @Test
    void aSequentialPlanConcludesFromTheFigureThatHoldsAtEveryLook() {
        Monitoring sequential = monitoring(Method.SEQUENTIAL, null, 100);

        assertThat(sequential.conclude(0.0001, 0.06)).isFalse();
        assertThat(sequential.conclude(0.2, 0.05)).isTrue();
        assertThat(sequential.conclude(0.01, null)).isNull();
        assertThat(sequential.nStar(1)).isEqualTo(10_000);
    }

    @Test
    void aFixedPlanConcludesOnlyAtItsEnd() {
        assertThat(monitoring(Method.FIXED, 1000L, 999).conclude(0.001, null)).isFalse();
        assertThat(monitoring(Method.FIXED, 1000L, 1000).conclude(0.001, null)).isTrue();
        assertThat(monitoring(Method.FIXED, 1000L, 999, true).conclude(0.001, null))
                .isFalse();
        assertThat(monitoring(Method.FIXED, 1000L, 1000).conclude(null, null)).isNull();
    }

    @Test
    void aFixedPlanWithoutAnEndEndsWhenItIsRead() {
        assertThat(monitoring(Method.FIXED, null, 10).conclude(0.04, null)).isTrue();
        assertThat(monitoring(Method.FIXED, null, 10).tellsFixedHorizon()).isTrue();
    }

    @Test
    void onlyAPlanThatIsReadOnceKeepsItsPValuesUntilThen() {
        assertThat(monitoring(Method.FIXED, 1000L, 999).tellsFixedHorizon()).isFalse();
        assertThat(monitoring(Method.FIXED, 1000L, 1000).tellsFixedHorizon()).isTrue();
        assertThat(monitoring(Method.FIXED, 1000L, 999, true).tellsFixedHorizon())
                .isTrue();
        assertThat(monitoring(Method.HYBRID, 1000L, 999).tellsFixedHorizon()).isTrue();
        assertThat(monitoring(Method.SEQUENTIAL, null, 10).tellsFixedHorizon()).isTrue();
    }

    @Test
    void aHybridPlanSpendsOneHundredthEarlyAndTheRestAtItsEnd() {
        Monitoring early = monitoring(Method.HYBRID, 1000L, 999);
        Monitoring end = monitoring(Method.HYBRID, 1000L, 1000);

        assertThat(early.sequentialAlpha()).isEqualTo(0.01, within(1e-15));
        assertThat(early.conclude(0.001, 0.011)).isFalse();
        assertThat(early.conclude(0.9, 0.01)).isTrue();
        assertThat(end.conclude(0.04, 0.5)).isTrue();
        assertThat(end.conclude(0.041, 0.5)).isFalse();
        assertThat(end.nStar(0.5)).isEqualTo(250);
    }
}
