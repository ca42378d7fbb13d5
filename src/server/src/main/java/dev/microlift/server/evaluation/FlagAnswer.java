package dev.microlift.server.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.Outside;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One flag's answer, in the form of OpenFeature's Remote Evaluation Protocol. */
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface FlagAnswer {

    String key();

    /** What tells this answer from another one of the same flag under the same configuration. */
    @JsonIgnore
    String fingerprint();

    static FlagAnswer of(Flag flag, Evaluation evaluation, boolean exposureLogged) {
        if (evaluation instanceof Evaluation.Served served) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("experiment", flag.key());
            metadata.put("version", flag.version());
            metadata.put("inExperiment", served.inExperiment());
            served.outside().map(Outside::label).ifPresent(outside -> metadata.put("outside", outside));
            if (exposureLogged) {
                metadata.put("exposureLogged", true);
            }
            return new Success(
                    flag.key(),
                    flag.value(served.served()),
                    served.reason().name(),
                    served.variant().map(Arm::key).orElse(null),
                    metadata);
        }
        return new Failure(flag.key(), "TARGETING_KEY_MISSING", "the experiment is on users: a targetingKey is needed");
    }

    /** A value to use. */
    @JsonPropertyOrder({"key", "value", "reason", "variant", "metadata"})
    record Success(
            String key,
            JsonNode value,
            String reason,
            @Nullable String variant,
            Map<String, Object> metadata) implements FlagAnswer {

        @Override
        public String fingerprint() {
            return key + '=' + reason + '/' + variant + '/' + metadata.getOrDefault("outside", "");
        }
    }

    /** No value can be told. */
    @JsonPropertyOrder({"key", "errorCode", "errorDetails"})
    record Failure(String key, String errorCode, String errorDetails) implements FlagAnswer {

        @Override
        public String fingerprint() {
            return key + '!' + errorCode;
        }
    }
}
