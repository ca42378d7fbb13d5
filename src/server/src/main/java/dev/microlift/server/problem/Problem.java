package dev.microlift.server.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.microlift.server.requestid.RequestId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as a caller reads it: a problem document of RFC 9457.
 *
 * @param requestId what the request is called in the log; null outside of one
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "requestId", "errors"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String requestId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors) {

    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ErrorCode code, String detail, List<Fault> faults) {
        return new Problem(
                "urn:microlift:problem:" + code.code(),
                code.title(),
                code.status(),
                detail,
                RequestId.current().orElse(null),
                faults);
    }
}
