package dev.microlift.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The folder that holds everything a server keeps. One server at a time owns it, by a lock that the operating system
 * drops with the process, however the process ends.
 */
public final class DataDirectory {

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
     * @throws LaunchException if another server holds it or it cannot be written
     */
    public static DataDirectory open(Path where) {
        Path path = where.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            DataDirectory directory = new DataDirectory(path, lock(path.resolve("microlift.lock")));
            empty(directory.temporary());
            return directory;
        } catch (IOException failure) {
            throw new LaunchException("cannot use the data directory " + path + ": " + failure, failure);
        }
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

    private static LaunchException held(Path file) {
        String holder;
        try {
            holder = Files.readString(file, UTF_8).replace("*", "process ").trim();
        } catch (IOException unreadable) {
            holder = "another process";
        }
        return new LaunchException("the data directory " + file.getParent() + " is in use by " + holder);
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
