package dev.microlift.openfeature;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the stream says to the thread that refreshes the configuration. Only the newest of each kind is kept, so that a
 * flood of events costs no memory.
 */
final class Mailbox implements EventStream.Listener {

    private static final String WHOLE_CONFIGURATION = "features";
    private static final String NOTICE = "features-updated";

    private volatile long lastSignOfLife = System.nanoTime();
    private byte @Nullable [] pushed;
    private boolean refetch;
    private @Nullable String end;

    /**
     * What came since the last time.
     *
     * @param pushed a whole configuration
     * @param refetch whether the configuration is to be asked for
     * @param end why the stream ended, if it did
     */
    record Contents(Optional<byte[]> pushed, boolean refetch, Optional<String> end) {}

    /** Waits for mail, at most until this {@link System#nanoTime() time}. */
    synchronized Contents take(long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        while (pushed == null && !refetch && end == null && left > 0) {
            // One more, because a rest of a millisecond must not become no wait at all.
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            left = deadline - System.nanoTime();
        }
        Contents contents = new Contents(Optional.ofNullable(pushed), refetch, Optional.ofNullable(end));
        pushed = null;
        refetch = false;
        end = null;
        return contents;
    }

    /** When the stream was heard last, as {@link System#nanoTime()}. */
    long lastSignOfLife() {
        return lastSignOfLife;
    }

    /** Between the first download and the stream something may have changed. */
    @Override
    public synchronized void onOpen() {
        onSignOfLife();
        refetch = true;
        notifyAll();
    }

    @Override
    public void onSignOfLife() {
        lastSignOfLife = System.nanoTime();
    }

    @Override
    public synchronized void onEvent(String name, byte[] data) {
        if (name.equals(WHOLE_CONFIGURATION) && data.length > 0) {
            pushed = data;
        } else if (name.equals(NOTICE) || name.equals(WHOLE_CONFIGURATION)) {
            refetch = true;
        }
        notifyAll();
    }

    @Override
    public synchronized void onEnd(String reason) {
        end = reason;
        notifyAll();
    }
}
