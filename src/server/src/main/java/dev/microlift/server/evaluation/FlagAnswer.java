package dev.microlift.server.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.Outside;
import dev.microlift.server.document.Sha256;
import java.util.Arrays;

/** One flag's answer, written out in the form of OpenFeature's Remote Evaluation Protocol. */
final class FlagAnswer {

    private static final int FINGERPRINT_BYTES = 8;

    private final byte[] json;
    private final byte[] fingerprint;
    private final boolean success;

    private FlagAnswer(ObjectNode document, boolean success) {
        this.json = document.toString().getBytes(UTF_8);
        this.fingerprint = Arrays.copyOf(Sha256.of(json), FINGERPRINT_BYTES);
        this.success = success;
    }

    static FlagAnswer of(Flag flag, Evaluation evaluation, boolean exposureLogged) {
        if (!(evaluation instanceof Evaluation.Served served)) {
            return failure(flag.key(), "TARGETING_KEY_MISSING", "the experiment is on users: a targetingKey is needed");
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("key", flag.key());
        document.set("value", flag.value(served.served()));
        document.put("reason", served.reason().name());
        served.variant().map(Arm::key).ifPresent(variant -> document.put("variant", variant));
        ObjectNode metadata = document.putObject("metadata");
        metadata.put("experiment", flag.key());
        metadata.put("version", flag.version());
        metadata.put("inExperiment", served.inExperiment());
        served.outside().map(Outside::label).ifPresent(outside -> metadata.put("outside", outside));
        if (exposureLogged) {
            metadata.put("exposureLogged", true);
        }
        return new FlagAnswer(document, true);
    }

    /** No value can be told. */
    static FlagAnswer failure(String key, String errorCode, String errorDetails) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("key", key).put("errorCode", errorCode).put("errorDetails", errorDetails);
        return new FlagAnswer(document, false);
    }

    /** The answer's bytes, for reading only. */
    byte[] json() {
        return json;
    }

    /** What tells this answer from every other one, for reading only. */
    byte[] fingerprint() {
        return fingerprint;
    }

    boolean isSuccess() {
        return success;
    }
}
