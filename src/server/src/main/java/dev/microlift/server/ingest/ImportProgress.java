package dev.microlift.server.ingest;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** How far an import is. One thread takes it in, any number look on. */
final class ImportProgress {

    private final String id;
    private final Instant startedAt;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicReference<ImportStatus.End> end = new AtomicReference<>();

    ImportProgress(String id, Instant startedAt) {
        this.id = id;
        this.startedAt = startedAt;
    }

    String id() {
        return id;
    }

    void reachedByte(long count) {
        bytes.set(count);
    }

    void reachedLine(long line) {
        lines.set(line);
    }

    void appended(Tally tally) {
        accepted.addAndGet(tally.accepted());
        duplicates.addAndGet(tally.duplicates());
    }

    void rejected() {
        rejected.incrementAndGet();
    }

    void end(ImportStatus.End how) {
        end.set(how);
    }

    boolean isRunning() {
        return end.get() == null;
    }

    /** How many lines are durable for certain. */
    long durable() {
        return accepted.get() + duplicates.get();
    }

    ImportStatus status() {
        ImportStatus.End ended = end.get();
        return new ImportStatus(
                id,
                ended == null ? ImportStatus.State.RUNNING : ended.state(),
                startedAt,
                ended == null ? null : ended.at(),
                bytes.get(),
                lines.get(),
                accepted.get(),
                duplicates.get(),
                rejected.get(),
                ended == null ? null : ended.reason());
    }
}
