package dev.microlift.server.eventlog;

import dev.microlift.server.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A log that forgets everything with the test, and nothing before; by hand it can be made to drop what was released. */
public final class MemoryEventLog implements EventLog {

    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Integer> contents = new HashMap<>();
    private final boolean keepsDuplicatesOut;
    private final Set<Integer> erased = new HashSet<>();
    private Predicate<Message> refused = message -> false;
    private long dropped;
    private long lost;
    private long loaded;
    private long released;

    /** A log that keeps every id out that it has. */
    public MemoryEventLog() {
        this(true);
    }

    /** A log that may have forgotten the ids it has. */
    public MemoryEventLog(boolean keepsDuplicatesOut) {
        this.keepsDuplicatesOut = keepsDuplicatesOut;
    }

    @Override
    public synchronized CompletionStage<List<Receipt>> append(List<Message> appended) {
        List<Receipt> receipts = new ArrayList<>();
        for (Message message : appended) {
            Receipt receipt = refused.test(message) ? Receipt.REFUSED : receipt(message);
            receipts.add(receipt);
            if (receipt == Receipt.STORED) {
                messages.add(message);
            }
        }
        notifyAll();
        return CompletableFuture.completedFuture(List.copyOf(receipts));
    }

    @Override
    public Optional<ProblemException> awaitRoom(int messages) {
        return Optional.empty();
    }

    @Override
    public synchronized void refuse(Predicate<Message> messages) {
        refused = messages;
    }

    @Override
    public synchronized long erase(Selection doomed) {
        long before = erased.size();
        for (int i = 0; i < messages.size(); i++) {
            if (doomed.holds(LoggedMessage.of(messages.get(i)))) {
                erased.add(i);
            }
        }
        return erased.size() - before;
    }

    private LoggedMessage logged(int index) {
        LoggedMessage message = LoggedMessage.of(messages.get(index));
        if (erased.contains(index)) {
            message.erase();
        }
        return message;
    }

    private Receipt receipt(Message message) {
        Integer known = contents.putIfAbsent(message.messageId(), message.content());
        if (known == null || !keepsDuplicatesOut) {
            return Receipt.STORED;
        }
        return known == message.content() ? Receipt.DUPLICATE : Receipt.CONFLICT;
    }

    /** Appends messages that must be new. */
    public void append(Message... appended) {
        append(List.of(appended));
    }

    @Override
    public synchronized long lastPosition() {
        return messages.size();
    }

    @Override
    public synchronized long firstPosition() {
        return dropped + 1;
    }

    @Override
    public LogReader readAfter(long position) {
        return new Reader(position);
    }

    @Override
    public synchronized void continueAfter(long position) {
        if (position > messages.size()) {
            throw new IllegalArgumentException("a log in memory has lost nothing up to " + position);
        }
    }

    @Override
    public synchronized void loaded(long position) {
        loaded = position;
        notifyAll();
    }

    /** What was last told to be loaded. */
    public synchronized long loadedPosition() {
        return loaded;
    }

    @Override
    public synchronized void release(long position) {
        released = position;
    }

    /** What was last told to be kept elsewhere. */
    public synchronized long releasedPosition() {
        return released;
    }

    /** Forgets what was released, as a log may. */
    public synchronized void dropReleased() {
        dropped = released;
    }

    /** How many dropped messages readers looked for. */
    public synchronized long lost() {
        return lost;
    }

    private synchronized LogBatch next(long after, int atMost, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (messages.size() <= after) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return new LogBatch(after + 1, List.of());
            }
            wait(left);
        }
        int from = (int) Math.max(after, dropped);
        lost += from - after;
        int to = (int) Math.min(messages.size(), (long) from + atMost);
        return new LogBatch(
                from + 1L, IntStream.range(from, to).mapToObj(this::logged).toList());
    }

    @Override
    public void close() {}

    private final class Reader implements LogReader {

        private long position;

        private Reader(long position) {
            this.position = position;
        }

        @Override
        public LogBatch next(int atMost, Duration wait) throws InterruptedException {
            LogBatch batch = MemoryEventLog.this.next(position, atMost, wait);
            position = Math.max(position, batch.lastPosition());
            return batch;
        }

        @Override
        public void close() {}
    }
}
