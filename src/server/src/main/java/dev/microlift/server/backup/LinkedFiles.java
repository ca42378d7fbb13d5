package dev.microlift.server.backup;

import dev.microlift.server.eventlog.BackupLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A second name for every file of the log and every sealed file, beside them: whatever the server deletes or replaces
 * meanwhile stays for as long as it has this name. It costs no room and next to no time.
 *
 * <p>The log comes first: what it lets go is sealed before, so it is found among the sealed files. It comes again at last,
 * so that it goes on at least as far as they do.
 */
final class LinkedFiles implements AutoCloseable {

    private static final Pattern NAMES = Pattern.compile("log/\\d+\\.log|events/day=[^/]+/[^/]+\\.parquet");

    private final Path data;
    private final BackupLinks links;
    private final FileChannel lock;

    private LinkedFiles(Path data, BackupLinks links, FileChannel lock) {
        this.data = data;
        this.links = links;
        this.lock = lock;
    }

    /**
     * Makes them, between two steps of an erasure; while they are there no erasure touches files.
     *
     * @throws BackupException if another backup is being made
     */
    static LinkedFiles of(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("backup.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @SuppressWarnings("unused") // the system drops it with the channel
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new BackupException("another backup of " + data + " is being made");
            }
            return link(data, channel);
        } catch (InterruptedException stopped) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new BackupException("interrupted while an erasure was under way", stopped);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static LinkedFiles link(Path data, FileChannel lock) throws IOException, InterruptedException {
        BackupLinks links = BackupLinks.take(data);
        try {
            LinkedFiles linked = new LinkedFiles(data, links, lock);
            linked.link("log");
            linked.link("events");
            linked.link("log");
            return linked;
        } catch (IOException | RuntimeException failure) {
            links.close();
            throw failure;
        }
    }

    /** Where they are, under the names that they have in the data directory. */
    Path path() {
        return links.folder();
    }

    /** The sealed files' names, as in the data directory. */
    List<String> sealed() throws IOException {
        return names(path(), "events");
    }

    private static List<String> names(Path directory, String folder) throws IOException {
        Path within = directory.resolve(folder);
        if (!Files.isDirectory(within)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(within, 2)) {
            return files.map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> NAMES.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException vanished) {
            throw vanished.getCause();
        }
    }

    private void link(String folder) throws IOException {
        for (String name : names(data, folder)) {
            Path link = path().resolve(name);
            Files.createDirectories(link.resolveSibling("").normalize());
            try {
                Files.createLink(link, data.resolve(name));
            } catch (NoSuchFileException | FileAlreadyExistsException goneOrDone) {
                // The log let it go since it was seen, or it is linked already.
            } catch (UnsupportedOperationException noLinks) {
                throw new IOException("the disk of " + data + " knows no hard links", noLinks);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            links.close();
        }
    }
}
