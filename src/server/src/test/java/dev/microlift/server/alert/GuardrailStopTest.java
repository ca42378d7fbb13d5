package dev.microlift.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.experiment.Guardrail;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.report.metric.GuardrailBlock;
import dev.microlift.stats.NonInferiority;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardrailStopTest {

    private static Optional<String> reason(Guardrail.Action action, String method, NonInferiority.Verdict verdict) {
        Guardrail guardrail = new Guardrail(
                new Guardrail.Metric("refunds", new EventMatch("Refunded", List.of()), Guardrail.Type.CONVERSION, null),
                0.05,
                Guardrail.Direction.DECREASE,
                action);
        GuardrailBlock block = new GuardrailBlock(
                "refunds",
                Guardrail.Type.CONVERSION,
                Guardrail.Direction.DECREASE,
                0.05,
                List.of(),
                List.of(new GuardrailBlock.Judged("treatment", verdict, 0.4, null, null, method, 0.01, null)));
        return GuardrailStop.reason(List.of(guardrail), List.of(block));
    }

    @Test
    void aViolationByTheTestThatHoldsAtEveryLookStopsAndSaysWhy() {
        assertThat(reason(Guardrail.Action.STOP, "sequential", NonInferiority.Verdict.VIOLATED))
                .hasValue("guardrail refunds violated by treatment: lift +0.4000, margin 0.05, sequential test at"
                        + " one-sided level 0.01");
    }

    @Test
    void aViolationByTheTestThatIsReadOnceDoesNotStop() {
        assertThat(reason(Guardrail.Action.STOP, "fixed", NonInferiority.Verdict.VIOLATED))
                .isEmpty();
    }

    @Test
    void aGuardrailThatOnlyAlertsDoesNotStop() {
        assertThat(reason(Guardrail.Action.ALERT, "sequential", NonInferiority.Verdict.VIOLATED))
                .isEmpty();
    }

    @Test
    void whatIsNotDecidedDoesNotStop() {
        assertThat(reason(Guardrail.Action.STOP, "sequential", NonInferiority.Verdict.INCONCLUSIVE))
                .isEmpty();
        assertThat(reason(Guardrail.Action.STOP, "sequential", NonInferiority.Verdict.PASS))
                .isEmpty();
    }
}
