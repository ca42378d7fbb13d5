package dev.microlift.server.ingest;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a body is written, by its headers.
 *
 * @param isLines one JSON document a line rather than one in all
 * @param isGzip compressed
 */
record BodyFormat(boolean isLines, boolean isGzip) {

    /** Pages that are being left may send plain text only, so JSON comes under that name too. */
    private static final List<String> JSON = List.of("application/json", "text/plain");

    private static final List<String> LINES = List.of("application/x-ndjson", "application/ndjson");

    /**
     * Reads {@code Content-Type} and {@code Content-Encoding}.
     *
     * @throws ProblemException with 415 if either is not served
     */
    static BodyFormat of(Submission submission) {
        return new BodyFormat(isLines(submission.header("Content-Type")), isGzip(submission));
    }

    private static boolean isLines(Optional<String> contentType) {
        if (contentType.isEmpty()) {
            return false;
        }
        String[] parts = contentType.get().toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].trim();
        boolean isServed = (JSON.contains(type) || LINES.contains(type))
                && Arrays.stream(parts).skip(1).map(String::trim).allMatch(BodyFormat::isUtf8);
        if (!isServed) {
            throw unsupported("the body must be application/json, text/plain holding JSON, or for an import"
                    + " application/x-ndjson, each in UTF-8");
        }
        return LINES.contains(type);
    }

    private static boolean isUtf8(String parameter) {
        return !parameter.startsWith("charset=")
                || List.of("utf-8", "utf8")
                        .contains(parameter.substring("charset=".length()).replace("\"", ""));
    }

    private static boolean isGzip(Submission submission) {
        return switch (submission.header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT)) {
            case "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw unsupported("the only content encoding served here is gzip");
        };
    }

    /** Refuses a body of lines where one document is expected. */
    void requireDocument() {
        if (isLines) {
            throw unsupported("lines of JSON are taken by /v1/import only");
        }
    }

    private static ProblemException unsupported(String detail) {
        return new ProblemException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
