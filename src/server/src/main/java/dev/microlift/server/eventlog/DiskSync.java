package dev.microlift.server.eventlog;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes durable what another channel wrote, or which names a folder holds. */
public final class DiskSync {

    private DiskSync() {}

    /** Returns when a file's content, or the names in a folder, are on disk. */
    public static void of(Path path) throws IOException {
        boolean isFolder = Files.isDirectory(path);
        // Windows opens no folder, and needs no sync of one.
        if (isFolder && File.separatorChar == '\\') {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
