package dev.microlift.server.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The space on a directory's disk that the store leaves free: half of the log's reserve. The log stops first, while the
 * store can still load what it holds; a database that meets a full disk in the middle of a file is a risk not taken.
 */
record DiskReserve(Path directory, OptionalLong configured) implements FreeSpace {

    private static final long LARGEST_DEFAULT = 512L << 20;
    private static final long DEFAULT_SHARE_OF_DISK = 20;

    @Override
    public boolean isEnough() {
        try {
            FileStore disk = Files.getFileStore(directory);
            long reserve = configured.orElse(Math.min(disk.getTotalSpace() / DEFAULT_SHARE_OF_DISK, LARGEST_DEFAULT));
            return disk.getUsableSpace() >= reserve / 2;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
