package dev.microlift.server.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much room the disk has, and how much of it must stay free. The log stops at the reserve; what is derived from the
 * log may use half of it to finish what the log holds.
 */
public final class DiskSpace {

    private static final long LARGEST_DEFAULT_RESERVE = 512L << 20;
    private static final int RESERVED_PART = 20;

    private final FileStore disk;
    private final long reserveBytes;

    private DiskSpace(FileStore disk, long reserveBytes) {
        this.disk = disk;
        this.reserveBytes = reserveBytes;
    }

    /**
     * The disk that a folder is on.
     *
     * @param reserveBytes what stays free; by default a twentieth of the disk, at most 512 MiB
     */
    public static DiskSpace of(Path folder, OptionalLong reserveBytes) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        return new DiskSpace(
                disk, reserveBytes.orElse(Math.min(LARGEST_DEFAULT_RESERVE, disk.getTotalSpace() / RESERVED_PART)));
    }

    long reserveBytes() {
        return reserveBytes;
    }

    long freeBytes() throws IOException {
        return disk.getUsableSpace();
    }

    long totalBytes() throws IOException {
        return disk.getTotalSpace();
    }

    /**
     * Makes sure that so many bytes can be written without touching the reserve.
     *
     * @throws DiskFullException if not
     */
    void require(long bytes) throws IOException {
        long free = disk.getUsableSpace();
        if (free - bytes < reserveBytes) {
            throw new DiskFullException(
                    "the disk has " + free + " bytes left, of which " + reserveBytes + " are kept free");
        }
    }

    /** Whether the reserve is touched already. */
    boolean isShort() throws IOException {
        return disk.getUsableSpace() < reserveBytes;
    }

    /** Whether what is derived from the log should stop growing too. */
    public boolean isNearlyFull() {
        try {
            return disk.getUsableSpace() < reserveBytes / 2;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether so many bytes can be written without touching the reserve. */
    public boolean hasRoomFor(long bytes) {
        try {
            return disk.getUsableSpace() - bytes >= reserveBytes;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** There is no room. */
    static final class DiskFullException extends IOException {
        DiskFullException(String message) {
            super(message);
        }
    }
}
