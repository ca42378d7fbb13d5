package dev.microlift.server.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.server.document.Sha256;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.experiment.Launch;
import dev.microlift.server.ingest.ServerMessages;
import dev.microlift.server.meter.VariantMeters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Records exposures for apps that evaluate one flag when they show it and send nothing themselves. */
@ApplicationScoped
class ExposureLog {

    private static final Logger LOG = Logger.getLogger(ExposureLog.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final ServerMessages messages;
    private final EventLog log;
    private final VariantMeters meters;
    private final ObjectMapper json;

    ExposureLog(ServerMessages messages, EventLog log, VariantMeters meters, ObjectMapper json) {
        this.messages = messages;
        this.log = log;
        this.meters = meters;
        this.json = json;
    }

    /** Whether evaluating this flag alone, with this outcome, is an exposure. */
    boolean isExposure(Flag flag, Evaluation evaluation) {
        return flag.exposesOnEvaluation() && evaluation instanceof Evaluation.Served served && served.inExperiment();
    }

    /**
     * Who evaluates.
     *
     * @param keyId of the caller's key
     * @param userAgent what the caller says it is
     */
    record Caller(String keyId, Optional<String> userAgent) {}

    /**
     * Records an exposure, by the rules for those that apps send.
     *
     * @return once it is durable, whether it is recorded; a log that cannot take it now, or is slow, does not keep anybody
     *     from its variant
     */
    CompletionStage<Boolean> record(Flag flag, Evaluation evaluation, EvaluationContext context, Caller caller) {
        String variant =
                ((Evaluation.Served) evaluation).variant().map(Arm::key).orElseThrow();
        return messages.read(message(flag, variant, context), caller.keyId(), caller.userAgent())
                .map(message -> store(message, new VariantMeters.Variant(flag.key(), variant)))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    private CompletionStage<Boolean> store(Message message, VariantMeters.Variant variant) {
        return log.append(List.of(message))
                .thenApply(receipts -> {
                    if (receipts.contains(Receipt.STORED)) {
                        meters.exposures(variant).increment();
                    }
                    return !receipts.contains(Receipt.REFUSED);
                })
                .exceptionally(refused -> {
                    LOG.debugf(refused, "an exposure to %s was not recorded", variant.experiment());
                    return false;
                })
                .toCompletableFuture()
                .completeOnTimeout(false, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * One message id per unit and variant: seeing a variant again is no new exposure, but it is where another seed gave it.
     * Properties are the attributes as they were at exposure; of these, consent stands for the context of a message.
     */
    private ObjectNode message(Flag flag, String variant, EvaluationContext context) {
        String unitType = flag.unitType();
        String unit = context.unitId(unitType).orElseThrow();
        ObjectNode message = json.createObjectNode();
        String seed = flag.experiment().launched().map(Launch::seed).orElse("");
        String seen = String.join("\n", flag.key(), seed, variant, unitType, unit);
        message.put("messageId", "evaluation-" + Sha256.hex(seen));
        message.put("type", Kind.TRACK.text());
        message.put("event", Exposure.EVENT);
        ObjectNode said = message.putObject("context");
        switch (unitType) {
            case "user" -> message.put("userId", unit);
            case "anonymous" -> message.put("anonymousId", unit);
            default -> said.putObject("units").put(unitType, unit);
        }
        ObjectNode properties = json.valueToTree(context.attributes());
        Optional.ofNullable(properties.get("consent")).ifPresent(consent -> said.set("consent", consent));
        message.set("properties", properties);
        properties.put("experiment_id", flag.key());
        properties.put("variation_id", variant);
        return message;
    }
}
