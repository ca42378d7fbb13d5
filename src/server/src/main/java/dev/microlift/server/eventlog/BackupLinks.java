package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;

/**
 * The folder in which a backup gives the files of a data directory a second name for as long as it copies them. One at a
 * time has it, be it a backup or an erasure, of whatever process: a backup thus sees each step of an erasure done or not
 * begun, together with the configuration that says so, and what is erased has no second name.
 */
public final class BackupLinks implements AutoCloseable {

    /** Processes have locks, not threads, and lose them with any channel to the file that is closed. */
    private static final Semaphore WITHIN_THIS_PROCESS = new Semaphore(1);

    private final Path folder;
    private final FileChannel lock;

    private BackupLinks(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Waits until nobody has the folder, takes it, and removes what a backup that was killed left in it. */
    public static BackupLinks take(Path data) throws IOException, InterruptedException {
        WITHIN_THIS_PROCESS.acquire();
        try {
            return takeFromOthers(data);
        } catch (IOException | RuntimeException | InterruptedException failure) {
            WITHIN_THIS_PROCESS.release();
            throw failure;
        }
    }

    private static BackupLinks takeFromOthers(Path data) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(
                data.resolve("backup-links.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @SuppressWarnings("unused") // the system drops it with the channel
            FileLock lock = channel.lock();
            BackupLinks taken = new BackupLinks(data.resolve("backup-links"), channel);
            Folders.delete(taken.folder);
            return taken;
        } catch (FileLockInterruptionException stopping) {
            channel.close();
            Thread.interrupted();
            throw new InterruptedException("while a backup was being made");
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Where it is, or would be: it is absent until somebody makes it. */
    public Path folder() {
        return folder;
    }

    /** Removes it and lets others have it. */
    @Override
    public void close() throws IOException {
        try (lock) {
            Folders.delete(folder);
        } finally {
            WITHIN_THIS_PROCESS.release();
        }
    }
}
