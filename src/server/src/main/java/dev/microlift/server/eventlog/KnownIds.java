package dev.microlift.server.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The message ids, always brought up to where the log ends before anybody asks: after a start, and after a failure to
 * write them down, they are read from the log again. For the log's writer alone.
 */
final class KnownIds implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KnownIds.class);
    private static final int AT_ONCE = 20_000;
    private static final long TOLD_EVERY = 2_000_000;

    private final Path folder;
    private final long memoryBytes;
    private final LogSource log;
    private final LogPosition end;
    private MessageIds ids;
    private boolean isBehind;

    /** Reads the log from a position on, and knows where what must be remembered begins. */
    interface LogSource {
        LogReader readAfter(long position);

        long positionBeforeHorizon() throws IOException;
    }

    private KnownIds(Path folder, long memoryBytes, LogSource log, LogPosition end, MessageIds ids) {
        this.folder = folder;
        this.memoryBytes = memoryBytes;
        this.log = log;
        this.end = end;
        this.ids = ids;
    }

    /** Opens the index in a folder and reads what it does not know yet. */
    static KnownIds open(Path folder, long memoryBytes, LogSource log, LogPosition end)
            throws IOException, InterruptedException {
        KnownIds known = new KnownIds(folder, memoryBytes, log, end, MessageIds.open(folder, memoryBytes));
        known.catchUp();
        return known;
    }

    /** The ids, complete. */
    MessageIds recovered() throws IOException, InterruptedException {
        if (isBehind) {
            ids.close();
            ids = MessageIds.open(folder, memoryBytes);
            catchUp();
            isBehind = false;
        }
        return ids;
    }

    /** Remembers the ids of messages that the log holds now. */
    void add(List<EncodedMessage> messages, long lastPosition) throws IOException {
        isBehind = true;
        ids.add(messages, lastPosition);
        isBehind = false;
    }

    private void catchUp() throws IOException, InterruptedException {
        takePositionsOfLostMessages();
        long position = Math.max(ids.position(), log.positionBeforeHorizon());
        long last = end.now();
        long told = position;
        try (LogReader reader = log.readAfter(position)) {
            while (position < last) {
                LogBatch batch = reader.next(AT_ONCE, Duration.ZERO);
                position = batch.lastPosition();
                ids.add(
                        batch.messages().stream()
                                .map(message -> EncodedMessage.of(message.decoded()))
                                .toList(),
                        position);
                if (position - told >= TOLD_EVERY) {
                    told = position;
                    LOG.infof("message ids are read from the log: %d of %d", position, last);
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /**
     * An id is remembered only when its message is durable. Known ids behind the log's end therefore mean that the disk
     * lost messages, which may have been loaded before: neither their ids nor their positions are given again.
     */
    private void takePositionsOfLostMessages() throws IOException {
        long lost = ids.position() - end.now();
        if (lost > 0) {
            LOG.errorf("the log ended before position %d: its last %d messages are lost", ids.position(), lost);
            end.moveTo(ids.position());
        }
    }

    @Override
    public void close() {
        ids.close();
    }
}
