package dev.microlift.server.problem;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mistake of the caller, or a state in which the request cannot be served. */
public final class ProblemException extends RuntimeException {

    private final ErrorCode code;
    private final transient List<Fault> faults;
    private final @Nullable Duration retryAfter;
    private final transient Map<String, String> limits;

    /** A problem with one explanation. */
    public ProblemException(ErrorCode code, String detail) {
        this(code, detail, List.of(), null, Map.of());
    }

    private ProblemException(
            ErrorCode code,
            String detail,
            List<Fault> faults,
            @Nullable Duration retryAfter,
            Map<String, String> limits) {
        super(detail, null, false, false);
        this.code = code;
        this.faults = List.copyOf(faults);
        this.retryAfter = retryAfter;
        this.limits = Map.copyOf(limits);
    }

    /** A document with these faults, at least one. */
    public static ProblemException invalid(List<Fault> faults) {
        String detail = faults.size() == 1
                ? faults.get(0).detail()
                : faults.size() + " faults; the first: " + faults.get(0).detail();
        return new ProblemException(ErrorCode.INVALID_DOCUMENT, detail, faults, null, Map.of());
    }

    /** A document with one fault. */
    public static ProblemException invalid(Fault fault) {
        return invalid(List.of(fault));
    }

    /** More than a limit allows, with the place where it stands. */
    public static ProblemException tooLarge(Fault fault) {
        return new ProblemException(ErrorCode.TOO_LARGE, fault.detail(), List.of(fault), null, Map.of());
    }

    /** A body that is not JSON, with the place where reading ended. */
    public static ProblemException malformed(Fault fault) {
        return new ProblemException(ErrorCode.MALFORMED_JSON, fault.detail(), List.of(fault), null, Map.of());
    }

    /** A refusal that passes: the caller may repeat the request after the given time. */
    public static ProblemException retry(ErrorCode code, String detail, Duration after) {
        return new ProblemException(code, detail, List.of(), after, Map.of());
    }

    /**
     * A refusal of what is more than a limit allows.
     *
     * @param limits headers that tell the limit
     */
    public static ProblemException limited(String detail, Duration after, Map<String, String> limits) {
        return new ProblemException(ErrorCode.TOO_MANY_REQUESTS, detail, List.of(), after, limits);
    }

    /** The kind of problem. */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong, in words. */
    public String detail() {
        return Optional.ofNullable(getMessage()).orElse(code.title());
    }

    /** The faults of a document; empty for other problems. */
    public List<Fault> faults() {
        return faults;
    }

    /** When to try again, for a refusal that passes. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What the answer says in its headers. */
    Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(limits);
        if (retryAfter != null) {
            headers.put("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        return headers;
    }
}
