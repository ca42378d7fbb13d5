package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of the log: files that follow each other, each named by the position of its first message. */
record SegmentFolder(Path path) {

    private static final Pattern NAME = Pattern.compile("[0-9]{19}\\.log");
    private static final String PREPARED = "next.prepared";
    private static final String REWRITTEN = "segment.rewritten";

    /** One file of the log. */
    record Segment(Path file, long firstPosition) {}

    static SegmentFolder create(Path path) throws IOException {
        SegmentFolder folder = new SegmentFolder(Files.createDirectories(path));
        Files.deleteIfExists(folder.prepared());
        Files.deleteIfExists(folder.rewritten());
        return folder;
    }

    /** All files, in the order of their positions. */
    List<Segment> segments() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .map(file -> new Segment(
                            file, Long.parseLong(file.getFileName().toString().substring(0, 19))))
                    .sorted(Comparator.comparingLong(Segment::firstPosition))
                    .toList();
        }
    }

    /** The file in which a position stands, if it stands anywhere. */
    Optional<Segment> segmentOf(long position) throws IOException {
        return segments().stream()
                .filter(segment -> segment.firstPosition() <= position)
                .reduce((earlier, later) -> later);
    }

    /** The first file that begins after a position. */
    Optional<Segment> segmentAfter(long position) throws IOException {
        return segments().stream()
                .filter(segment -> segment.firstPosition() > position)
                .findFirst();
    }

    /** Where a file is made ready before it is known what its first position will be. */
    Path prepared() {
        return path.resolve(PREPARED);
    }

    /** Where a file is written anew before it takes the place of the one it was made from. */
    Path rewritten() {
        return path.resolve(REWRITTEN);
    }

    /** Puts the rewritten file, once it is on disk, in the place of the one it was made from. */
    void replace(Segment segment) throws IOException {
        // By its age it is told when the ids in it need not be known any more.
        Files.setLastModifiedTime(rewritten(), Files.getLastModifiedTime(segment.file()));
        DiskSync.of(rewritten());
        Files.move(rewritten(), segment.file(), StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /** Gives the prepared file its place in the log, and makes that last. */
    Segment adopt(long firstPosition) throws IOException {
        Path file = path.resolve("%019d.log".formatted(firstPosition));
        Files.move(prepared(), file, StandardCopyOption.ATOMIC_MOVE);
        sync();
        return new Segment(file, firstPosition);
    }

    void delete(Segment segment) throws IOException {
        Files.deleteIfExists(segment.file());
    }

    /** Makes the names in the folder durable. */
    void sync() throws IOException {
        DiskSync.of(path);
    }

    /** Bytes of all files. */
    long bytes() throws IOException {
        long bytes = 0;
        for (Segment segment : segments()) {
            bytes += Files.size(segment.file());
        }
        return bytes;
    }
}
