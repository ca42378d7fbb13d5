package dev.microlift.server.backup;

import dev.microlift.server.eventlog.DiskSync;
import dev.microlift.server.eventlog.Folders;
import dev.microlift.server.eventlog.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Makes a backup of a data directory and its configuration database, while a server runs on them or not.
 *
 * <p>It is written beside its place and moved there when it is whole and on disk, so that one that was interrupted never
 * stands where a whole one is looked for.
 */
public final class Backup {

    private final Path data;
    private final List<String> also;
    private final DataSource database;
    private final String version;

    /**
     * @param also files of the data directory to keep beside the log and the sealed files, by their names
     * @param version of this program
     */
    public Backup(Path data, List<String> also, DataSource database, String version) {
        this.data = data;
        this.also = List.copyOf(also);
        this.database = database;
        this.version = version;
    }

    /**
     * Makes it.
     *
     * @param to a folder that is absent or empty
     * @throws BackupException if it cannot be made; then there is none
     */
    public Manifest make(Path to, Instant now) {
        Path target = to.toAbsolutePath().normalize();
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            requireAbsent(target);
            Path parent = Files.createDirectories(target.resolveSibling("").normalize());
            try (LinkedFiles linked = LinkedFiles.of(data)) {
                Folders.delete(unfinished);
                Folders.createPrivate(unfinished);
                Manifest manifest = fill(unfinished, linked, now);
                manifest.write(unfinished);
                DiskSync.of(unfinished.resolve(Manifest.FILE));
                Folders.sync(unfinished);
                // Only an empty folder gives way.
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
                DiskSync.of(parent);
                return manifest;
            }
        } catch (IOException failure) {
            throw new BackupException("the backup is not made: " + failure, failure);
        } catch (SQLException failure) {
            throw new BackupException("the configuration cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static void requireAbsent(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new BackupException(target + " is a file");
        }
        try (Stream<Path> inside = Files.list(target)) {
            if (inside.findAny().isPresent()) {
                throw new BackupException(target + " is not empty; each backup has a folder of its own");
            }
        }
    }

    private Manifest fill(Path folder, LinkedFiles linked, Instant now) throws IOException, SQLException {
        LogFiles log = LogFiles.in(linked.path());
        List<BackupFile> files = new ArrayList<>();
        ConfigurationCopy configuration;
        // At once after the log's end is known: experiments that events speak of are in it.
        try (Connection picture = ConfigurationDump.picture(database)) {
            configuration = ConfigurationDump.write(picture, folder, files);
        }
        List<String> sealed = linked.sealed();
        requireRoom(folder, log, sealed, linked.path());
        for (String name : also) {
            files.add(BackupFile.copy(data.resolve(name), Files.size(data.resolve(name)), folder, name));
        }
        for (LogFiles.LogFile file : log.files()) {
            files.add(BackupFile.copy(
                    file.path(), file.bytes(), folder, "log/" + file.path().getFileName()));
        }
        for (String name : sealed) {
            Path file = linked.path().resolve(name);
            files.add(BackupFile.copy(file, Files.size(file), folder, name));
        }
        return new Manifest(Manifest.FORMAT, version, now, log.lastPosition(), configuration, files);
    }

    private static void requireRoom(Path folder, LogFiles log, List<String> sealed, Path links) throws IOException {
        long bytes = log.files().stream().mapToLong(LogFiles.LogFile::bytes).sum();
        for (String name : sealed) {
            bytes += Files.size(links.resolve(name));
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new BackupException("the backup takes %d bytes, but its disk has %d left".formatted(bytes, free));
        }
    }
}
