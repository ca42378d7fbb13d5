package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file system in memory that is small enough to be filled. Closing it unmounts it. */
final class SmallDisk implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
        Runtime.getRuntime().addShutdownHook(new Thread(this::unmount));
    }

    /** Mounts one; empty if this account may not. */
    static Optional<SmallDisk> mount(Path at, int megabytes) throws IOException, InterruptedException {
        if (!Tool.exists("mount", "--version")) {
            return Optional.empty();
        }
        Tool mount =
                Tool.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=0700", "tmpfs", at.toString());
        return mount.isSuccess() ? Optional.of(new SmallDisk(at)) : Optional.empty();
    }

    Path root() {
        return root;
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        try (FileChannel ballast = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int size = CHUNK; size > 0; size /= 2) {
                while (written(ballast, size)) {
                    // until there is no room for so much
                }
            }
        }
    }

    private static boolean written(FileChannel file, int size) {
        try {
            return file.write(ByteBuffer.allocate(size)) == size;
        } catch (IOException full) {
            return false;
        }
    }

    /** Gives the space back. */
    void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return root.resolve("ballast");
    }

    private void unmount() {
        try {
            // Lazily: a process that has just ended may still hold a file for a moment.
            Tool.run("umount", "-l", root.toString());
        } catch (IOException failure) {
            System.err.println("could not unmount " + root + ": " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        unmount();
    }
}
