package dev.microlift.server.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How much of the disk the store's files take. */
final class StoreSize {

    private StoreSize() {}

    static long bytes(Path directory) {
        long bytes = 0;
        for (Path part : List.of(
                directory.resolve(DuckDb.FILE), directory.resolve(DuckDb.FILE + ".wal"), SealedFolder.of(directory))) {
            bytes += below(part);
        }
        return bytes;
    }

    private static long below(Path part) {
        if (!Files.exists(part)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(part)) {
            return files.mapToLong(StoreSize::size).sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
