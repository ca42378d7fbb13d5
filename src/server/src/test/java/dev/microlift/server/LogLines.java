package dev.microlift.server;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** The statements of the database that are logged meanwhile, with the context that their lines have. */
public final class LogLines implements AutoCloseable {

    private static final Logger STATEMENTS = Logger.getLogger("org.hibernate.SQL");

    private final Queue<ExtLogRecord> lines = new ConcurrentLinkedQueue<>();
    private final Level before = STATEMENTS.getLevel();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            ExtLogRecord wrapped = ExtLogRecord.wrap(line);
            wrapped.copyMdc();
            lines.add(wrapped);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LogLines() {
        STATEMENTS.addHandler(handler);
        STATEMENTS.setLevel(Level.FINE);
    }

    /** Notes lines from now on. */
    public static LogLines note() {
        return new LogLines();
    }

    /** What the lines say of themselves under a key; "null" for those that do not. */
    public List<String> all(String key) {
        return lines.stream().map(line -> String.valueOf(line.getMdc(key))).toList();
    }

    @Override
    public void close() {
        STATEMENTS.setLevel(before);
        STATEMENTS.removeHandler(handler);
    }
}
