package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder for the data of one run; gone when it is closed. */
final class Workspace implements AutoCloseable {

    private final Path root;

    private Workspace(Path root) {
        this.root = root;
    }

    static Workspace in(Path parent) throws IOException {
        return new Workspace(Files.createTempDirectory(parent, "microlift-trial-"));
    }

    Path root() {
        return root;
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** A copy of a data directory that no server uses. */
    Path copy(Path from, String name) throws IOException {
        Path to = root.resolve(name);
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path each : walk.toList()) {
                // PostgreSQL insists on its permissions, which attributes carry.
                Files.copy(
                        each,
                        to.resolve(from.relativize(each).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
        return to;
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }

    @Override
    public void close() {
        try {
            delete(root);
        } catch (IOException | UncheckedIOException stillInUse) {
            System.err.println("could not delete " + root + ": " + stillInUse.getMessage());
        }
    }
}
