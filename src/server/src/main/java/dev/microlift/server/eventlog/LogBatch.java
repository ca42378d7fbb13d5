package dev.microlift.server.eventlog;

import java.util.List;

/**
 * Messages that follow each other in the log.
 *
 * @param firstPosition the position of the first one; the others follow one by one
 * @param messages not to be changed
 */
public record LogBatch(long firstPosition, List<LoggedMessage> messages) {

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The position of the last message; that before the first if there is none. */
    public long lastPosition() {
        return firstPosition + messages.size() - 1;
    }
}
