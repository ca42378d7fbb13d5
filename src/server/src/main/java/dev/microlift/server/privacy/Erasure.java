package dev.microlift.server.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.eventstore.LinkedUnit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an erasure is. It does not name the unit.
 *
 * @param unitHash a keyed hash of the unit's type and id, the same in every erasure of it
 * @param step what is being done, or {@code done}
 * @param messages how many messages were erased so far
 * @param rejects how many rejects were erased so far
 * @param linked ids that came in one message with the unit's own, as long as they are not erased themselves
 * @param failure why the last attempt at this step failed; it is tried again. Null if none did
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Erasure(
        String id,
        String unitType,
        String unitHash,
        Step step,
        long messages,
        long rejects,
        List<LinkedUnit> linked,
        @Nullable String failure,
        Instant requestedAt,
        @Nullable Instant doneAt) {

    public Erasure {
        linked = List.copyOf(linked);
    }

    /** What is done one after the other; each may be done again after a process that ended on the way. */
    public enum Step {
        /** Finds the ids that came with the unit's own. */
        LINKS,
        /** Removes rejects that speak of it. */
        REJECTS,
        /** Erases its messages from the log. */
        LOG,
        /** Erases them from the database of events and the sealed files. */
        STORE,
        /** Forgets the facts about it. */
        FACTS,
        /** Rids the configuration's database of the bytes of deleted rows. */
        DATABASE,
        /** Nothing is left of it. */
        DONE;

        Step next() {
            return switch (this) {
                case LINKS -> REJECTS;
                case REJECTS -> LOG;
                case LOG -> STORE;
                case STORE -> FACTS;
                case FACTS -> DATABASE;
                case DATABASE, DONE -> DONE;
            };
        }
    }
}
