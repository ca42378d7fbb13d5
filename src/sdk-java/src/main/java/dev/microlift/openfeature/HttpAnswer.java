package dev.microlift.openfeature;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A complete answer of the server. */
final class HttpAnswer {

    /** No server is believed that wants to be left alone for longer. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    HttpAnswer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }

    /** What makes the answer recognisable; empty if it does not say. */
    String entityTag() {
        return headers.firstValue("ETag").orElse("");
    }

    /** Whether asking the same again may help. */
    boolean isPassing() {
        return status == 408 || status == 429 || status >= 500;
    }

    /** How long the server wants to be left alone: {@code Retry-After} in seconds or as a date. */
    Duration retryAfter(Clock clock) {
        Duration wish = headers.firstValue("Retry-After")
                .flatMap(text -> wish(text.strip(), clock))
                .orElse(Duration.ZERO);
        if (wish.isNegative()) {
            return Duration.ZERO;
        }
        return wish.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wish;
    }

    private static Optional<Duration> wish(String text, Clock clock) {
        try {
            return Optional.of(
                    text.matches("[0-9]{1,9}")
                            ? Duration.ofSeconds(Long.parseLong(text))
                            : Duration.between(
                                    clock.instant(),
                                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
