package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.DiskSync;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of sealed files. A file that has its name there is whole and on disk. */
record SealedFolder(Path path) {

    private static final long GROUP_BYTES = 32L << 20;

    /** What a row takes beside its documents, about. */
    private static final long ROW_BYTES = 150;

    /** The database writes so many rows at once. */
    private static final long FEWEST_ROWS = 2_048;

    private static final long MOST_ROWS = 122_880;

    /** The one inside a data directory. */
    static SealedFolder in(Path directory) {
        return new SealedFolder(directory.resolve("events"));
    }

    /** Where a file is written before it has its name. What an ended process left there is nobody's. */
    Path unfinished() {
        return path.resolve("unfinished.tmp");
    }

    /**
     * Where and how sealed rows are written. Whoever reads or writes them holds some groups of rows in memory, so that large
     * messages make small groups.
     *
     * @param rows what is written, as a table expression
     * @param messages of the log that the file stands for
     */
    static String format(Statement statement, Path file, String rows, long messages) throws SQLException {
        long bytes;
        try (ResultSet row = statement.executeQuery(
                "select coalesce(avg(strlen(properties) + strlen(context)), 0)::bigint from " + rows)) {
            row.next();
            bytes = ROW_BYTES + row.getLong(1);
        }
        long group = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, GROUP_BYTES / bytes / FEWEST_ROWS * FEWEST_ROWS));
        return StoreSql.quoted(file.toString()) + " (format parquet, compression zstd, row_group_size " + group
                + ", kv_metadata {messages: '" + messages + "'})";
    }

    /** Makes room for the next unfinished file. */
    void clear() throws IOException {
        Files.createDirectories(path);
        Files.deleteIfExists(unfinished());
    }

    Path of(SealedFile file) {
        return file.in(path);
    }

    List<Path> of(List<SealedFile> files) {
        return files.stream().map(this::of).toList();
    }

    /** Gives the unfinished file its name, once it is on disk. */
    void publish(SealedFile file) throws IOException {
        DiskSync.of(unfinished());
        Path target = of(file);
        Path day = target.resolveSibling(".").normalize();
        Files.createDirectories(day);
        Files.move(unfinished(), target, StandardCopyOption.ATOMIC_MOVE);
        DiskSync.of(day);
        DiskSync.of(path);
    }

    /** Every file that has its name, in the order of days and positions. */
    List<SealedFile> files() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.map(this::name)
                    .map(SealedFile::parse)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(SealedFile::day).thenComparing(SealedFile::firstPosition))
                    .toList();
        }
    }

    /**
     * Makes sure that no message stands in two files.
     *
     * @param files in the order of days and positions
     * @throws EventStoreException if one does
     */
    void refuseOverlaps(List<SealedFile> files) {
        for (int i = 1; i < files.size(); i++) {
            SealedFile before = files.get(i - 1);
            SealedFile file = files.get(i);
            if (file.day().equals(before.day()) && file.firstPosition() <= before.lastPosition()) {
                throw new EventStoreException("the sealed files " + of(before) + " and " + of(file)
                        + " hold the same messages. Take the one away that does not belong there");
            }
        }
    }

    private String name(Path file) {
        return path.relativize(file).toString().replace(File.separatorChar, '/');
    }

    /** How much of the disk they take. */
    long bytes() {
        try {
            long bytes = 0;
            for (SealedFile file : files()) {
                bytes += Files.size(of(file));
            }
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
