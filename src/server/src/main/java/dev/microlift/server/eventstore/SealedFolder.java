package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.DiskSync;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of sealed files. A file that has its name there is whole and on disk. */
record SealedFolder(Path path) {

    /** The one inside a data directory. */
    static SealedFolder in(Path directory) {
        return new SealedFolder(directory.resolve("events"));
    }

    /** Where a file is written before it has its name. What an ended process left there is nobody's. */
    Path unfinished() {
        return path.resolve("unfinished.tmp");
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
