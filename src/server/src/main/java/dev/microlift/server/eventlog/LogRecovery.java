package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What a start finds out about a log that may have been left in the middle of a write: where it ends. Behind the last
 * whole frame of the last file nothing was acknowledged, unless the disk lost it; that rest is cut off and counted.
 *
 * @param lastPosition of the last message; 0 if there is none
 * @param cutBytes how much was cut off
 */
record LogRecovery(long lastPosition, long cutBytes) {

    private static final Logger LOG = Logger.getLogger(LogRecovery.class);

    static LogRecovery of(SegmentFolder folder) throws IOException {
        List<SegmentFolder.Segment> segments = folder.segments();
        long cut = 0;
        for (int i = segments.size() - 1; i >= 0; i--) {
            SegmentFolder.Segment segment = segments.get(i);
            LogRecovery found = recover(segment);
            cut += found.cutBytes;
            if (found.lastPosition >= segment.firstPosition()) {
                return told(new LogRecovery(found.lastPosition, cut));
            }
            // Nothing in it: made ready and adopted, but never filled.
            folder.delete(segment);
            folder.sync();
        }
        return told(new LogRecovery(0, cut));
    }

    private static LogRecovery recover(SegmentFolder.Segment segment) throws IOException {
        long last = segment.firstPosition() - 1;
        long end = 0;
        long torn = 0;
        try (SegmentReader reader = new SegmentReader(segment)) {
            for (Frame frame = reader.nextWhole(); frame != null; frame = reader.nextWhole()) {
                last = frame.lastPosition();
                end = reader.offset();
            }
            torn = reader.tornBytes();
        }
        try (FileChannel file = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
            file.truncate(end);
            // What a killed process left in the system's memory is taken for stored from here on.
            file.force(true);
        }
        return new LogRecovery(last, torn);
    }

    private static LogRecovery told(LogRecovery recovery) {
        if (recovery.cutBytes > 0) {
            LOG.warnf(
                    "the log ended in the middle of a write: %d bytes behind position %d were cut off",
                    recovery.cutBytes, recovery.lastPosition);
        }
        return recovery;
    }
}
