package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The one writer: takes all that waits, writes it in one transaction, and only then tells the callers. One transaction
 * for many callers pays for one sync of the disk, and one thread needs no lock to keep duplicates out.
 */
final class EventWriter implements Runnable {

    /** Whether messages can be stored. */
    enum State {
        /** The last transaction was committed. */
        WRITING,
        /** The last transaction failed and left nothing behind; the next may succeed, when the disk has room again. */
        FAILING,
        /** What is on disk is not known any more. Nothing is written until a restart has read it anew. */
        BROKEN
    }

    private static final Logger LOG = Logger.getLogger(EventWriter.class);
    private static final int MAX_GROUP = 20_000;
    private static final Duration PROBE_EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final EventTable table;
    private final AppendQueue queue;
    private final Clock clock;
    private final SeenIds seen = new SeenIds();
    private long lastPosition;
    private volatile State state = State.WRITING;

    EventWriter(EventTable table, AppendQueue queue, Clock clock) throws SQLException {
        this.table = table;
        this.queue = queue;
        this.clock = clock;
        this.lastPosition = table.lastPosition();
        table.eachReceivedSince(
                SeenIds.since(clock.instant()), (id, receivedAt) -> seen.add(Fingerprint.of(id), receivedAt));
    }

    State state() {
        return state;
    }

    /** Writes until the queue is closed and empty. */
    @Override
    public void run() {
        try {
            while (!queue.isDrained()) {
                List<AppendQueue.Entry> group = queue.take(MAX_GROUP, PROBE_EVERY);
                if (!group.isEmpty()) {
                    write(group);
                } else if (state == State.FAILING) {
                    probe();
                }
            }
        } catch (InterruptedException stopped) {
            state = State.BROKEN;
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<AppendQueue.Entry> group) {
        try {
            if (state == State.BROKEN) {
                refuse(group);
                return;
            }
            List<List<Receipt>> receipts = store(group);
            state = State.WRITING;
            for (int i = 0; i < group.size(); i++) {
                group.get(i).outcome().complete(receipts.get(i));
            }
        } catch (SQLException | RuntimeException | Error failure) {
            fail(failure);
            refuse(group);
        } finally {
            queue.release(group);
        }
    }

    private List<List<Receipt>> store(List<AppendQueue.Entry> group) throws SQLException {
        seen.expire(clock.instant());
        List<Message> fresh = new ArrayList<>();
        List<Fingerprint> freshIds = new ArrayList<>();
        Set<Fingerprint> inGroup = new HashSet<>();
        List<List<Receipt>> receipts = new ArrayList<>(group.size());
        for (AppendQueue.Entry entry : group) {
            List<Receipt> ofEntry = new ArrayList<>(entry.messages().size());
            for (Message message : entry.messages()) {
                Fingerprint id = Fingerprint.of(message.messageId());
                if (seen.contains(id) || !inGroup.add(id)) {
                    ofEntry.add(Receipt.DUPLICATE);
                } else {
                    ofEntry.add(Receipt.STORED);
                    fresh.add(message);
                    freshIds.add(id);
                }
            }
            receipts.add(List.copyOf(ofEntry));
        }
        if (!fresh.isEmpty()) {
            table.append(lastPosition + 1, fresh);
            lastPosition += fresh.size();
        }
        // Only now: an id whose row was rolled back must not be taken for a duplicate.
        for (int i = 0; i < fresh.size(); i++) {
            seen.add(freshIds.get(i), fresh.get(i).receivedAt());
        }
        return receipts;
    }

    /** A failed transaction must have left nothing behind, or positions and ids would be wrong from here on. */
    private void fail(Throwable failure) {
        boolean intact;
        try {
            intact = !(failure instanceof Error) && table.lastPosition() == lastPosition;
        } catch (SQLException | RuntimeException unreadable) {
            failure.addSuppressed(unreadable);
            intact = false;
        }
        State before = state;
        state = intact ? State.FAILING : State.BROKEN;
        if (before != state) {
            LOG.errorf(failure, "events cannot be stored (%s)", state);
        }
    }

    private static void refuse(List<AppendQueue.Entry> group) {
        ProblemException refusal = ProblemException.retry(
                ErrorCode.UNAVAILABLE,
                "messages cannot be stored at present; send what was not acknowledged again",
                RETRY_AFTER);
        group.forEach(entry -> entry.outcome().completeExceptionally(refusal));
    }

    /** Whoever sees the server as not ready sends nothing, so that recovery has to be noticed from within. */
    private void probe() {
        try {
            table.proveWritable(clock.instant());
            state = State.WRITING;
            LOG.info("events can be stored again");
        } catch (SQLException | RuntimeException still) {
            fail(still);
        }
    }
}
