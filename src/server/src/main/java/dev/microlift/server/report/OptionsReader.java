package dev.microlift.server.report;

import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.document.Choices;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of reports, naming the one that is wrong. */
public final class OptionsReader {

    private static final int MOST_SEGMENTS = 20;
    private static final int LONGEST_SEGMENT = 200;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(3650);

    private OptionsReader() {}

    /** Which units. */
    public static Population population(@Nullable String text) {
        return Choices.parameter("population", text, Population.class).orElse(Population.MATURED);
    }

    /** Which order of steps. */
    public static StepOrder stepOrder(@Nullable String text) {
        return Choices.parameter("stepOrder", text, StepOrder.class).orElse(StepOrder.FURTHEST);
    }

    /** A time, or a day for its first instant (UTC). */
    public static @Nullable Instant time(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(FIRST) && time.isBefore(END)) {
                return time;
            }
        } catch (DateTimeException malformed) {
            // told below, like a time out of range
        }
        throw new ProblemException(
                ErrorCode.INVALID_PARAMETER, parameter + " must be a time such as 2030-01-31T08:00:00.000Z");
    }

    /** A positive duration. */
    public static Duration duration(String parameter, @Nullable String text, Duration otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException malformed) {
            // told below, like a duration out of range
        }
        throw new ProblemException(
                ErrorCode.INVALID_PARAMETER,
                parameter + " must be a duration such as P7D or PT30M, of at most " + LONGEST.toDays() + " days");
    }

    /** Attributes; each may be given by itself or several in one, separated by commas. */
    public static List<String> segments(List<String> given) {
        List<String> segments = given.stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .distinct()
                .toList();
        if (segments.size() > MOST_SEGMENTS
                || segments.stream().anyMatch(segment -> segment.isEmpty() || segment.length() > LONGEST_SEGMENT)) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER, "segment names 1 to " + MOST_SEGMENTS + " attributes of units");
        }
        return segments;
    }
}
