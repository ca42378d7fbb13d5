package dev.microlift.server.eventlog;

import java.time.Duration;

/** Goes through the log in order. For one thread. */
public interface LogReader extends AutoCloseable {

    /**
     * The next durable messages; waits a while for some if there are none yet.
     *
     * <p>They are good until it is asked for the next ones or closed: their bytes are overwritten then.
     *
     * @param atMost about how many; fewer if they are large, but at least one whole unit of writing, whatever its size
     * @return empty if none came in time
     */
    LogBatch next(int atMost, Duration wait) throws InterruptedException;

    @Override
    void close();
}
