package dev.microlift.server;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What is logged meanwhile, with the context that the lines have. */
public final class LogLines implements AutoCloseable {

    private final Queue<ExtLogRecord> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;
    private final Level before;

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

    private LogLines(Logger logger, Level from) {
        this.logger = logger;
        this.before = logger.getLevel();
        logger.addHandler(handler);
        logger.setLevel(from);
    }

    /** Notes the statements of the database from now on. */
    public static LogLines ofStatements() {
        return new LogLines(Logger.getLogger("org.hibernate.SQL"), Level.FINE);
    }

    /** Notes failures from now on that nobody waits for any more. */
    public static LogLines ofDroppedFailures() {
        return new LogLines(Logger.getLogger("io.quarkus.mutiny.runtime.MutinyInfrastructure"), Level.SEVERE);
    }

    /** Notes from now on what readers of the log say is lost. */
    public static LogLines ofLostMessages() {
        return new LogLines(Logger.getLogger("dev.microlift.server.eventlog.SegmentLogReader"), Level.SEVERE);
    }

    /** How many lines there are. */
    public int count() {
        return lines.size();
    }

    /** What the lines say of themselves under a key; "null" for those that do not. */
    public List<String> all(String key) {
        return lines.stream().map(line -> String.valueOf(line.getMdc(key))).toList();
    }

    @Override
    public void close() {
        logger.setLevel(before);
        logger.removeHandler(handler);
    }
}
