package dev.microlift.server.report;

import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a reader may choose about a report.
 *
 * @param asOf what happened from this time on is not known; null for everything
 * @param from units first exposed before are left out; null for none
 * @param to units first exposed from this time on are left out; null for none
 * @param journey key of one of the experiment's journeys; null for the first
 */
record ReportOptions(
        Population population,
        StepOrder stepOrder,
        @Nullable Instant asOf,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String journey) {

    /** Reads a time. */
    static @Nullable Instant time(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException malformed) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER, parameter + " must be a time such as 2030-01-31T08:00:00.000Z");
        }
    }
}
