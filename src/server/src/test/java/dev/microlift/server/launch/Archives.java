package dev.microlift.server.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Data of earlier releases, each kept in two archives: a backup, and the files of the log and the store as they lay. */
final class Archives {

    static final Path RELEASES = Path.of("src", "test", "resources", "releases");

    private Archives() {}

    /** The folder of each release. */
    static List<Path> releases() {
        try (Stream<Path> all = Files.list(RELEASES)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes some of a folder's entries, with all that is in them. */
    static void pack(Path folder, List<String> entries, Path archive) throws IOException {
        Files.createDirectories(archive.toAbsolutePath().getParent());
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setLevel(9);
            for (String entry : entries) {
                try (Stream<Path> all = Files.walk(folder.resolve(entry))) {
                    List<Path> files = all.filter(Files::isRegularFile)
                            // Zeros, made anew at every start.
                            .filter(path -> !path.endsWith("next.prepared"))
                            .sorted()
                            .toList();
                    for (Path path : files) {
                        out.putNextEntry(
                                new ZipEntry(folder.relativize(path).toString().replace('\\', '/')));
                        Files.copy(path, out);
                    }
                }
            }
        }
    }

    /** Puts all of an archive into a folder. */
    static Path unpack(Path archive, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            }
        }
        return folder;
    }
}
