package dev.microlift.server.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an error is written: each family of routes speaks the language of its own standard. */
sealed interface ErrorBody {

    /** Where messages are sent to, in each of the protocols. */
    List<String> TRACKING = List.of("/v1/", "/mp/", "/debug/mp/", "/track");

    /** Where one flag is evaluated, by its key. */
    String FLAG = "/ofrep/v1/evaluate/flags/";

    /** Where SDKs get their configuration. */
    List<String> SDK_CONFIGURATION = List.of("/api/features/", "/api/eval/", "/sub/");

    /** The body for an error met at a path. */
    static ErrorBody at(String path, ErrorCode code, String detail, List<Fault> faults) {
        if (path.startsWith("/ofrep/")) {
            return new Evaluation(flag(path), evaluationCode(code), detail);
        }
        Problem problem = Problem.of(code, detail, faults);
        if (SDK_CONFIGURATION.stream().anyMatch(path::startsWith)) {
            return new SdkConfiguration(detail, problem);
        }
        return TRACKING.stream().anyMatch(path::startsWith)
                ? new Tracking(false, detail, problem)
                : new Management(problem);
    }

    /** The flag that was asked for; null if all were. Providers do not read an error that does not name it. */
    private static @Nullable String flag(String path) {
        return path.startsWith(FLAG) ? path.substring(FLAG.length()) : null;
    }

    /** The content type this body is sent with. */
    default String mediaType() {
        return Problem.MEDIA_TYPE;
    }

    private static String evaluationCode(ErrorCode code) {
        return switch (code) {
            case MALFORMED_JSON -> "PARSE_ERROR";
            case INVALID_DOCUMENT -> "INVALID_CONTEXT";
            default -> "GENERAL";
        };
    }

    /** A problem document. */
    record Management(@JsonUnwrapped Problem problem) implements ErrorBody {}

    /** What tracking libraries look for, beside the problem document. */
    @JsonPropertyOrder({"success", "message"})
    record Tracking(
            boolean success, String message, @JsonUnwrapped Problem problem) implements ErrorBody {}

    /** What GrowthBook's SDKs look for, beside the problem document. */
    @JsonPropertyOrder("error")
    record SdkConfiguration(String error, @JsonUnwrapped Problem problem) implements ErrorBody {}

    /** The error of OpenFeature's Remote Evaluation Protocol. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Evaluation(@Nullable String key, String errorCode, String errorDetails) implements ErrorBody {
        @Override
        public String mediaType() {
            return "application/json";
        }
    }
}
