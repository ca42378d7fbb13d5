package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which message ids the log holds, and with what content, exactly, for a while. Ids that came lately stand in a table in
 * memory; a full table is written to the index on disk, in the background, while another one is filled. Of the ids on disk
 * a filter in memory tells for nearly all new ones that they are not among them, so that the disk is asked for repeated
 * ones.
 *
 * <p>Memory does not grow with the number of ids: of what may be used a third is for the tables, half for the filter, the
 * rest for what is read from disk. A filter for more ids than it has room for (one for every ten bits) lets more through.
 * What a crash took is read from the log again, from the position that the index remembers. For the log's writer alone.
 */
final class MessageIds implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MessageIds.class);

    /** A table is written when it is so full; what comes in one group must fit into the rest. */
    private static final double FULL = 0.5;

    private static final long LEAST_USUAL_BYTES = 64 << 20;
    private static final long MOST_USUAL_BYTES = 256 << 20;

    private static final int FEWEST_BITS = 17;
    private static final int MOST_BITS = 22;

    private final IdIndex index;
    private final IdFilter filter;
    private final Thread filling;
    private final ExecutorService background = Executors.newSingleThreadExecutor(work -> daemon(work, "message-ids"));
    private final int tableIds;
    private volatile boolean isFilterComplete;
    private volatile boolean isClosing;
    private IdTable recent;
    private IdTable spare;
    private @Nullable IdTable written;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long position;
    private boolean isDurable = true;

    /** Means nothing; what nobody keeps would not be fetched. */
    @SuppressWarnings("UnusedVariable")
    private long fetched;

    private MessageIds(IdIndex index, long memoryBytes) throws IOException {
        this.index = index;
        int bits = tableBits(memoryBytes);
        this.tableIds = (int) (FULL * (1 << bits));
        this.recent = new IdTable(bits);
        this.spare = new IdTable(bits);
        this.filter = new IdFilter(memoryBytes / 2);
        this.position = index.position();
        this.filling = daemon(this::fillFilter, "message-ids-filter");
        if (position == 0) {
            isFilterComplete = true;
        } else {
            filling.start();
        }
    }

    /**
     * Opens the index in a folder. One that is damaged is thrown away: it is derived.
     *
     * @param memoryBytes how much memory it may take, about; a few megabytes at least
     */
    static MessageIds open(Path folder, long memoryBytes, Clock clock) throws IOException {
        long cacheBytes = Math.max(1 << 20, memoryBytes / 2 - 2 * IdTable.bytes(tableBits(memoryBytes)));
        return new MessageIds(IdIndex.open(folder, cacheBytes, clock), memoryBytes);
    }

    /** How much memory it may take if nobody says: what is beside the heap is bounded by the heap's size. */
    static int usualMemoryBytes() {
        return (int) Math.max(
                LEAST_USUAL_BYTES,
                Math.min(MOST_USUAL_BYTES, Runtime.getRuntime().maxMemory() / 8));
    }

    private static int tableBits(long memoryBytes) {
        int bits = MOST_BITS;
        while (bits > FEWEST_BITS && 2 * IdTable.bytes(bits) > memoryBytes / 3) {
            bits--;
        }
        return bits;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Up to which position of the log all ids are known. */
    long position() {
        return position;
    }

    /**
     * Fetches what {@link #claim} will look at, which is somewhere in memory for each id. The waits for many ids overlap if
     * they are fetched in one go; one claim's wait would follow another's.
     */
    void fetch(long high, long low) {
        fetched += recent.fetch(high) + (written == null ? 0 : written.fetch(high)) + filter.fetch(low);
    }

    /**
     * Remembers an id, unless it is known.
     *
     * @return under which content it is known; {@link IdTable#ABSENT} if it was not
     */
    long claim(long high, long low, int content) throws IOException {
        long known = recent.find(high, low);
        if (known == IdTable.ABSENT && written != null) {
            known = written.find(high, low);
        }
        if (known == IdTable.ABSENT && (!isFilterComplete || filter.mayHold(high, low))) {
            known = index.find(high, low);
        }
        if (known == IdTable.ABSENT) {
            recent.add(high, low, content);
            isDurable = false;
        }
        return known;
    }

    /** Forgets an id that was claimed, because its message did not come into the log. */
    void forget(long high, long low) {
        recent.remove(high, low);
    }

    /** Forgets ids for good; completes when also the files hold nothing of them. */
    CompletableFuture<Void> erase(FingerprintList erased) throws IOException {
        finishWriting();
        erased.forEach((high, low) -> {
            if (recent.find(high, low) != IdTable.ABSENT) {
                recent.remove(high, low);
            }
        });
        CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> eraseFromIndex(erased), background);
        // Whoever goes on writing waits for it, but does not fail with it: the index is good, only not rid of them.
        writing = gone.exceptionally(failure -> null);
        return gone;
    }

    private void eraseFromIndex(FingerprintList erased) {
        try {
            index.erase(erased);
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    /** Tells that the messages of all claimed ids are in the log for good, up to this position. */
    void durable(long lastPosition) throws IOException {
        position = lastPosition;
        isDurable = true;
        if (written != null && writing.isDone()) {
            finishWriting();
        }
        if (recent.size() >= tableIds) {
            finishWriting();
            written = recent;
            recent = spare;
            IdTable table = written;
            writing = CompletableFuture.runAsync(() -> write(table, lastPosition), background);
        }
    }

    /** Waits until what is being written is on disk. */
    void finishWriting() throws IOException {
        try {
            writing.join();
        } catch (CompletionException failure) {
            throw new IOException("the message ids cannot be written", failure.getCause());
        }
        if (written != null) {
            spare = written;
            spare.clear();
            written = null;
        }
    }

    private void write(IdTable table, long lastPosition) {
        try {
            IdFilter.Adder adder = filter.new Adder();
            table.forEach((IdTable.Visitor<RuntimeException>) (high, low, content) -> adder.add(high, low));
            adder.finish();
            index.add(table, lastPosition);
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    /** Adds what is on disk to the filter. What is written meanwhile is added by its writer. */
    private void fillFilter() {
        try {
            IdFilter.Adder adder = filter.new Adder();
            boolean isAll = index.forEachId(adder::add, () -> isClosing);
            adder.finish();
            isFilterComplete = isAll;
        } catch (IOException failure) {
            LOG.warn("the message ids cannot all be read; looking one up takes longer until the next start", failure);
        }
    }

    /** Writes what is not on disk yet, if its messages are. */
    @Override
    public void close() {
        if (isClosing) {
            return;
        }
        isClosing = true;
        try {
            filling.join();
            finishWriting();
            if (isDurable && recent.size() > 0) {
                index.add(recent, position);
            }
        } catch (IOException failure) {
            LOG.warn("the message ids were not all written; they are read from the log again", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            background.shutdown();
            index.close();
        }
    }
}
