package dev.microlift.server.report.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How many messages came more than once. That is no property of the events: each is stored once, however often it was
 * sent, so that a client may repeat what was not acknowledged. A report that counted repetitions would change with them.
 * Who sends learns the number from each answer, the operator from the meter {@code microlift.ingest.duplicates}.
 *
 * @param share always null
 * @param reason why it is: NOT_STORED
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DuplicateCheck(
        String check, Judgement verdict, @Nullable Double share, String reason) implements Check {

    static final DuplicateCheck UNKNOWN = new DuplicateCheck("duplicateShare", Judgement.OK, null, "NOT_STORED");
}
