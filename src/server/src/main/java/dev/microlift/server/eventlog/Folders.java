package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders with all that is in them. */
public final class Folders {

    private Folders() {}

    /** Makes one that nobody else can look into, where the disk knows such a thing. */
    public static void createPrivate(Path folder) throws IOException {
        Files.createDirectory(folder);
        makePrivate(folder);
    }

    /** Closes one to everybody else, where the disk knows such a thing. */
    public static void makePrivate(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Deletes one, if it is there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        for (Path path : all(folder, Comparator.reverseOrder())) {
            Files.deleteIfExists(path);
        }
    }

    /** Makes the names in it last. */
    public static void sync(Path folder) throws IOException {
        for (Path path : all(folder, Comparator.naturalOrder())) {
            if (Files.isDirectory(path)) {
                DiskSync.of(path);
            }
        }
    }

    private static List<Path> all(Path folder, Comparator<Path> order) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(order).toList();
        }
    }
}
