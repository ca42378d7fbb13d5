package dev.microlift.server.problem;

import java.util.Locale;

/** The kinds of mistakes and failures a caller can meet. Names and statuses are part of the contract. */
public enum ErrorCode {
    /** The body is not JSON, or not the JSON of one document. */
    MALFORMED_JSON(400, "Malformed JSON"),
    /** The body is JSON, but fields of it are wrong; every one is listed. */
    INVALID_DOCUMENT(400, "Invalid document"),
    /** A query parameter or header is wrong. */
    INVALID_PARAMETER(400, "Invalid parameter"),
    /** The request itself cannot be understood. */
    BAD_REQUEST(400, "Bad request"),
    /** No key, or a key that is unknown, expired or revoked. */
    UNAUTHORIZED(401, "Authentication required"),
    /** The key is good, but its role or origin does not allow this. */
    FORBIDDEN(403, "Not allowed"),
    /** Nothing has this address. */
    NOT_FOUND(404, "Not found"),
    /** The address exists, but not for this method. */
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    /** No representation the caller accepts. */
    NOT_ACCEPTABLE(406, "Not acceptable"),
    /** A thing of this key exists already. */
    ALREADY_EXISTS(409, "Already exists"),
    /** The thing is used by others. */
    IN_USE(409, "In use"),
    /** The change is not allowed in the present state. */
    STATE_CONFLICT(409, "Not in this state"),
    /** Somebody cancelled the computation of the answer. */
    REPORT_CANCELLED(409, "Cancelled"),
    /** The thing changed since the caller read it. */
    PRECONDITION_FAILED(412, "Changed in the meantime"),
    /** The body is larger than the route allows. */
    TOO_LARGE(413, "Too large"),
    /** Content type or encoding is not served. */
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** The caller should slow down. */
    TOO_MANY_REQUESTS(429, "Too many requests"),
    /** A fault of ours. */
    INTERNAL_ERROR(500, "Internal error"),
    /** The disk is full; what was not acknowledged may be sent again once there is room. */
    STORAGE_FULL(503, "Storage full"),
    /** Not able to serve now; the request may be repeated. */
    UNAVAILABLE(503, "Temporarily unavailable"),
    /** The figures were not ready in the time that is allowed for them. */
    REPORT_TIMEOUT(504, "Took too long");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** A short human title. */
    public String title() {
        return title;
    }

    /** The stable kebab-case name, as in {@code urn:microlift:problem:not-found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
