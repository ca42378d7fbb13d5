package dev.microlift.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.microlift.server.eventlog.DiskSync;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that holds everything a server keeps. One server at a time owns it, by a lock that the operating system
 * drops with the process, however the process ends.
 */
public final class DataDirectory {

    /** The file that whoever works on a data directory holds. */
    static final String LOCK = "microlift.lock";

    private static final String UNFINISHED = "restore.unfinished";

    private final Path path;

    @SuppressWarnings("unused") // held for as long as the process lives
    private final FileLock lock;

    private DataDirectory(Path path, FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates the folder if it is absent and takes it.
     *
     * @throws LaunchException if another server holds it, it cannot be written, a later release wrote it, or a restore into
     *     it was interrupted; then nothing in it has changed
     */
    public static DataDirectory open(Path where) {
        Path path = where.toAbsolutePath().normalize();
        try {
            requireWhole(path);
            DataFormat.requireReadable(path);
            DataDirectory directory = take(path);
            DataFormat.write(path);
            empty(directory.temporary());
            return directory;
        } catch (IOException failure) {
            throw unusable(path, failure);
        }
    }

    /**
     * Takes a folder that is absent or empty, to restore a backup into it. Until that is {@link #whole()} no server starts on
     * it.
     *
     * @throws LaunchException if there is anything in it or it cannot be written
     */
    static DataDirectory openEmpty(Path where) {
        Path path = where.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            try (Stream<Path> inside = Files.list(path)) {
                // What a disk of its own brings along.
                if (inside.anyMatch(file -> !file.endsWith("lost+found"))) {
                    throw new LaunchException("the data directory " + path + " is not empty");
                }
            }
            DataDirectory directory = take(path);
            Files.createFile(path.resolve(UNFINISHED));
            DiskSync.of(path);
            return directory;
        } catch (IOException failure) {
            throw unusable(path, failure);
        }
    }

    /** Takes a folder as it is, without changing what is in it; empty if a server holds it. */
    static Optional<DataDirectory> openUnlessHeld(Path where) {
        Path path = where.toAbsolutePath().normalize();
        try {
            requireWhole(path);
            DataFormat.requireReadable(path);
            return Optional.of(take(path));
        } catch (HeldException held) {
            return Optional.empty();
        } catch (IOException failure) {
            throw unusable(path, failure);
        }
    }

    /** Lets servers start on it: what was restored is all there. */
    void whole() {
        try {
            Files.delete(path.resolve(UNFINISHED));
            DiskSync.of(path);
        } catch (IOException failure) {
            throw unusable(path, failure);
        }
    }

    private static void requireWhole(Path path) {
        if (Files.exists(path.resolve(UNFINISHED))) {
            throw new LaunchException("a backup was being restored into the data directory " + path
                    + " and this was interrupted; empty it and restore again");
        }
    }

    private static LaunchException unusable(Path path, IOException failure) {
        return new LaunchException("cannot use the data directory " + path + ": " + failure, failure);
    }

    private static DataDirectory take(Path path) throws IOException {
        Files.createDirectories(path);
        return new DataDirectory(path, lock(path.resolve(LOCK)));
    }

    private static FileLock lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(0, 1, false);
            if (lock == null) {
                throw held(file);
            }
            // The first byte is the lock's own: where locks are mandatory, the holder's number stays readable.
            byte[] holder = ("*" + ProcessHandle.current().pid() + "\n").getBytes(UTF_8);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder), 0);
            return lock;
        } catch (OverlappingFileLockException sameProcess) {
            throw held(file);
        }
    }

    private static HeldException held(Path file) {
        String holder;
        try {
            holder = Files.readString(file, UTF_8).replace("*", "process ").trim();
        } catch (IOException unreadable) {
            holder = "another process";
        }
        return new HeldException("the data directory " + file.getParent() + " is in use by " + holder);
    }

    /** Another server has it. */
    private static final class HeldException extends LaunchException {
        HeldException(String message) {
            super(message);
        }
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> left = Files.list(folder)) {
            left.map(Path::toFile).filter(File::isFile).forEach(File::delete);
        }
    }

    /** The folder itself. */
    public Path path() {
        return path;
    }

    /** For files that need not outlive the process: emptied at every start. */
    public Path temporary() {
        return path.resolve("tmp");
    }
}
