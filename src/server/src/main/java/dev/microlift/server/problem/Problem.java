package dev.microlift.server.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** An error as a caller reads it: a problem document of RFC 9457. */
@JsonPropertyOrder({"type", "title", "status", "detail", "errors"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors) {

    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ErrorCode code, String detail, List<Fault> faults) {
        return new Problem("urn:microlift:problem:" + code.code(), code.title(), code.status(), detail, faults);
    }
}
