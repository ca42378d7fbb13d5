package dev.microlift.openfeature;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables that OpenFeature's Remote Evaluation Protocol has standardised for its SDKs (decision record
 * "configuration pattern" of open-feature/protocol): endpoint, headers as {@code name=value,name=value} with percent
 * encoding, and timeout.
 */
record OfrepEnvironment(Map<String, String> variables) {

    private static final String ENDPOINT = "OFREP_ENDPOINT";
    private static final String HEADERS = "OFREP_HEADERS";
    private static final String TIMEOUT_MS = "OFREP_TIMEOUT_MS";

    Optional<String> endpoint() {
        return value(ENDPOINT);
    }

    Optional<Duration> timeout() {
        return value(TIMEOUT_MS).map(OfrepEnvironment::milliseconds);
    }

    /** A comma always separates and the first equals sign ends the name; both can be percent-encoded. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String entry : value(HEADERS).orElse("").split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            int separator = entry.indexOf('=');
            String name = separator < 0 ? "" : decoded(entry.substring(0, separator));
            if (name.isEmpty()) {
                throw new IllegalArgumentException(HEADERS + ": name=value is needed");
            }
            headers.put(name, decoded(entry.substring(separator + 1)));
        }
        return headers;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Percent encoding alone: a plus sign is a plus sign. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.strip().replace("+", "%2B"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(HEADERS + ": a percent sign needs two hexadecimal digits", malformed);
        }
    }

    private static Duration milliseconds(String text) {
        try {
            return Duration.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    TIMEOUT_MS + ": a whole number of milliseconds is needed, not " + text, notANumber);
        }
    }
}
