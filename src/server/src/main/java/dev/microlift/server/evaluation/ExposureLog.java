package dev.microlift.server.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.server.document.Sha256;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.meter.VariantMeters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Records exposures for apps that evaluate one flag when they show it and send nothing themselves. */
@ApplicationScoped
class ExposureLog {

    private static final Logger LOG = Logger.getLogger(ExposureLog.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final EventLog log;
    private final VariantMeters meters;
    private final ObjectMapper json;
    private final Clock clock;

    ExposureLog(EventLog log, VariantMeters meters, ObjectMapper json, Clock clock) {
        this.log = log;
        this.meters = meters;
        this.json = json;
        this.clock = clock;
    }

    /** Whether evaluating this flag alone, with this outcome, is an exposure. */
    boolean isExposure(Flag flag, Evaluation evaluation) {
        return flag.exposesOnEvaluation() && evaluation instanceof Evaluation.Served served && served.inExperiment();
    }

    /**
     * Records an exposure.
     *
     * @return once it is durable, whether it is recorded; a log that cannot take it now, or is slow, does not keep anybody
     *     from its variant
     */
    CompletionStage<Boolean> record(Flag flag, Evaluation evaluation, EvaluationContext context) {
        String variant =
                ((Evaluation.Served) evaluation).variant().map(Arm::key).orElseThrow();
        String unit = context.unitId(flag.unitType()).orElseThrow();
        if (refusesConsent(context)) {
            return CompletableFuture.completedFuture(false);
        }
        return log.append(List.of(message(flag, unit, variant, context)))
                .thenApply(receipts -> {
                    if (receipts.contains(Receipt.STORED)) {
                        meters.exposures(new VariantMeters.Variant(flag.key(), variant))
                                .increment();
                    }
                    return !receipts.contains(Receipt.REFUSED);
                })
                .exceptionally(refused -> {
                    LOG.debugf(refused, "the exposure of a unit to %s was not recorded", flag.key());
                    return false;
                })
                .toCompletableFuture()
                .completeOnTimeout(false, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The same rule as for messages that are sent: the attribute stands for the context of one. */
    private static boolean refusesConsent(EvaluationContext context) {
        Object consent = context.attributes().get("consent");
        return Boolean.FALSE.equals(consent)
                || consent instanceof Map<?, ?> answers
                        && answers.get("categoryPreferences") instanceof Map<?, ?> categories
                        && categories.entrySet().stream()
                                .anyMatch(category -> "analytics".equalsIgnoreCase(String.valueOf(category.getKey()))
                                        && Boolean.FALSE.equals(category.getValue()));
    }

    /** One message id per unit and variant: seeing a variant again is no new exposure. */
    private Message message(Flag flag, String unit, String variant, EvaluationContext context) {
        Instant now = clock.instant();
        boolean user = flag.unitType().equals("user");
        boolean anonymous = flag.unitType().equals("anonymous");
        return new Message(
                "evaluation-" + Sha256.hex(flag.key() + '\n' + variant + '\n' + flag.unitType() + '\n' + unit),
                Kind.TRACK,
                Exposure.EVENT,
                user ? unit : null,
                anonymous ? unit : null,
                user || anonymous ? Map.of() : Map.of(flag.unitType(), unit),
                now,
                now,
                properties(context),
                "{}",
                false,
                false,
                false,
                0,
                new Exposure(flag.key(), variant));
    }

    /** The attributes as they were at exposure. */
    private String properties(EvaluationContext context) {
        try {
            return json.writeValueAsString(context.attributes());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
