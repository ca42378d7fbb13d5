package dev.microlift.server.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    private final Clock clock;
    private final LogSource log;
    private final LogPosition end;
    private final Fingerprint fingerprint = new Fingerprint();
    private MessageIds ids;
    private boolean isBehind;

    /** Reads the log from a position on, as far as it goes back. */
    @FunctionalInterface
    interface LogSource {
        LogReader readAfter(long position);
    }

    private KnownIds(Path folder, long memoryBytes, Clock clock, LogSource log, LogPosition end, MessageIds ids) {
        this.folder = folder;
        this.memoryBytes = memoryBytes;
        this.clock = clock;
        this.log = log;
        this.end = end;
        this.ids = ids;
    }

    /** Opens the index in a folder and reads what it does not know yet. */
    static KnownIds open(Path folder, long memoryBytes, Clock clock, LogSource log, LogPosition end)
            throws IOException, InterruptedException {
        KnownIds known =
                new KnownIds(folder, memoryBytes, clock, log, end, MessageIds.open(folder, memoryBytes, clock));
        known.catchUp();
        return known;
    }

    /** Makes sure that all ids are known. */
    void recover() throws IOException, InterruptedException {
        if (isBehind) {
            ids.close();
            ids = MessageIds.open(folder, memoryBytes, clock);
            catchUp();
            isBehind = false;
        }
    }

    /** Finds out which messages are new. Their ids are claimed: they become durable, or are given back. */
    Group sort(List<AppendQueue.Entry> entries) throws IOException, InterruptedException {
        recover();
        isBehind = true;
        Group group = Group.of(entries, ids);
        isBehind = false;
        return group;
    }

    /** Gives back what was claimed for a group that was not written. */
    void forget(Group group) {
        group.forget(ids);
    }

    /** Remembers the claimed ids: their messages are in the log now. */
    void durable(long lastPosition) throws IOException {
        isBehind = true;
        ids.durable(lastPosition);
        isBehind = false;
    }

    /**
     * Forgets ids whose messages were erased, for good: in the background, and also what files hold of them.
     *
     * @return completes when they are gone
     */
    CompletableFuture<Void> erase(FingerprintList erased) throws IOException, InterruptedException {
        recover();
        return ids.erase(erased);
    }

    private void catchUp() throws IOException, InterruptedException {
        takePositionsOfLostMessages();
        // Whatever the clock says: it may have been set since, and the log keeps no more than it must.
        long position = ids.position();
        long last = end.now();
        long told = position;
        try (LogReader reader = log.readAfter(position)) {
            while (position < last) {
                LogBatch batch = reader.next(AT_ONCE, Duration.ZERO);
                position = batch.lastPosition();
                claim(batch);
                ids.durable(position);
                if (position - told >= TOLD_EVERY) {
                    told = position;
                    LOG.infof("message ids are read from the log: %d of %d", position, last);
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private void claim(LogBatch batch) throws IOException {
        for (LoggedMessage message : batch.messages()) {
            if (message.isErased()) {
                continue;
            }
            fingerprint.take(message.messageId());
            ids.claim(fingerprint.high(), fingerprint.low(), message.content());
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
