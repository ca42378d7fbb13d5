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
 * @param isGzip compressed
 */
record BodyFormat(Form form, boolean isGzip) {

    /** How its messages stand in it. */
    enum Form {
        /** In one JSON document. */
        DOCUMENT,
        /** In one JSON document a line. */
        LINES,
        /** In the rows of a table. */
        CSV
    }

    /** Pages that are being left may send plain text only, so JSON comes under that name too. */
    private static final List<String> JSON = List.of("application/json", "text/plain");

    /** RudderStack's library for Node.js calls its JSON so once it has compressed it. */
    private static final String COMPRESSED_JSON = "application/x-www-form-urlencoded";

    private static final String CSV = "text/csv";

    private static final List<String> LINES = List.of("application/x-ndjson", "application/ndjson");

    /**
     * Reads {@code Content-Type} and {@code Content-Encoding}.
     *
     * @throws ProblemException with 415 if either is not served
     */
    static BodyFormat of(Submission submission) {
        boolean isGzip = isGzip(submission);
        return new BodyFormat(form(submission.header("Content-Type"), isGzip), isGzip);
    }

    private static Form form(Optional<String> contentType, boolean isGzip) {
        if (contentType.isEmpty()) {
            return Form.DOCUMENT;
        }
        String[] parts = contentType.get().toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].trim();
        if (Arrays.stream(parts).skip(1).map(String::trim).allMatch(BodyFormat::isUtf8)) {
            if (JSON.contains(type) || isGzip && type.equals(COMPRESSED_JSON)) {
                return Form.DOCUMENT;
            }
            if (LINES.contains(type) || type.equals(CSV)) {
                return type.equals(CSV) ? Form.CSV : Form.LINES;
            }
        }
        throw unsupported("the body must be application/json, text/plain holding JSON, or for an import"
                + " application/x-ndjson or text/csv, each in UTF-8");
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

    /** Refuses lines where one document is expected. */
    void requireDocument() {
        if (form != Form.DOCUMENT) {
            throw unsupported("lines of JSON and CSV are taken by /v1/import only");
        }
    }

    private static ProblemException unsupported(String detail) {
        return new ProblemException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
