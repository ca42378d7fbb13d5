package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a log as they are at one moment, for whoever copies them, be the log written to meanwhile or not.
 *
 * @param files in the order of their positions
 * @param lastPosition of the last message in them; 0 if there is none. What was acknowledged before that moment is at or
 *     before it.
 */
public record LogFiles(List<LogFile> files, long lastPosition) {

    /**
     * One file of the log.
     *
     * @param bytes of it that count; what follows is not written yet
     */
    public record LogFile(Path path, long bytes) {}

    public LogFiles {
        files = List.copyOf(files);
    }

    /** Looks at the log in a data directory, or at what was copied or linked from one. */
    public static LogFiles in(Path directory) throws IOException {
        Path log = directory.resolve("log");
        List<SegmentFolder.Segment> segments = Files.isDirectory(log) ? new SegmentFolder(log).segments() : List.of();
        List<LogFile> files = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < segments.size(); i++) {
            SegmentFolder.Segment segment = segments.get(i);
            if (i + 1 < segments.size()) {
                files.add(new LogFile(segment.file(), Files.size(segment.file())));
                continue;
            }
            last = segment.firstPosition() - 1;
            long end = 0;
            try (SegmentReader reader = new SegmentReader(segment)) {
                for (Frame frame = reader.nextWhole(); frame != null; frame = reader.nextWhole()) {
                    last = frame.lastPosition();
                    end = reader.offset();
                }
            }
            files.add(new LogFile(segment.file(), end));
        }
        return new LogFiles(files, last);
    }
}
