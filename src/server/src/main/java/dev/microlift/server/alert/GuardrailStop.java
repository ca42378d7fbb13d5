package dev.microlift.server.alert;

import dev.microlift.server.document.EntityTags;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Guardrail;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.metric.GuardrailBlock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Stops an experiment whose plan says so, once a guardrail is violated by the test that holds at every look. The figure of
 * the one analysis at the planned end never stops: read again and again, it would be violated by chance sooner or later.
 */
@ApplicationScoped
class GuardrailStop {

    private static final Logger LOG = Logger.getLogger(GuardrailStop.class);

    private static final String EVERY_LOOK = "sequential";

    private final Experiments experiments;

    GuardrailStop(Experiments experiments) {
        this.experiments = experiments;
    }

    /** Stops the experiment if it has to be. Whoever changes it at the same moment wins; then it is judged anew. */
    void apply(Experiment experiment, List<GuardrailBlock> judged) {
        reason(experiment.definition().guardrails(), judged).ifPresent(reason -> stop(experiment, reason));
    }

    private void stop(Experiment experiment, String reason) {
        try {
            experiments.stop(
                    experiment.key(), new Experiments.Decision(null, reason), EntityTags.tag(experiment.version()));
            LOG.warnf("stopped the experiment %s: %s", experiment.key(), reason);
        } catch (ProblemException changed) {
            if (changed.code() != ErrorCode.PRECONDITION_FAILED && changed.code() != ErrorCode.STATE_CONFLICT) {
                throw changed;
            }
            LOG.infof("the experiment %s was changed while it was judged; it is judged anew", experiment.key());
        }
    }

    /** Why it has to be stopped, if it has to. The report has the guardrails in the definition's order. */
    static Optional<String> reason(List<Guardrail> guardrails, List<GuardrailBlock> judged) {
        return IntStream.range(0, Math.min(guardrails.size(), judged.size()))
                .filter(i -> guardrails.get(i).action() == Guardrail.Action.STOP)
                .mapToObj(judged::get)
                .flatMap(guardrail -> guardrail.comparisons().stream()
                        .filter(comparison -> ExperimentFindings.isViolated(comparison)
                                && comparison.method().equals(EVERY_LOOK))
                        .map(comparison -> sentence(guardrail, comparison)))
                .findFirst();
    }

    private static String sentence(GuardrailBlock guardrail, GuardrailBlock.Judged comparison) {
        String lift = comparison.lift() == null ? "unknown" : String.format(Locale.ROOT, "%+.4f", comparison.lift());
        return "guardrail " + guardrail.metric() + " violated by " + comparison.variant() + ": lift " + lift
                + ", margin " + guardrail.margin() + ", sequential test at one-sided level " + comparison.alpha();
    }
}
