package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Messages of an import that are appended together, with the line each came from. */
final class ImportChunk {

    private static final int MESSAGES = 10_000;
    private static final long BYTES = 16L << 20;

    private final List<Message> messages = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private long bytes;
    private CompletableFuture<List<Receipt>> durable = CompletableFuture.completedFuture(List.of());

    void add(Message message, long line) {
        messages.add(message);
        lines.add(line);
        bytes += message.footprint();
    }

    boolean isFull() {
        return messages.size() == MESSAGES || bytes >= BYTES;
    }

    void append(Appends appends) {
        durable = appends.beginPatiently(messages);
    }

    /** Waits until its messages are durable and gives what became of each. */
    List<Receipt> await(Appends appends) {
        return appends.await(durable);
    }

    /** The line that a message came from. */
    long line(int message) {
        return lines.get(message);
    }
}
