package dev.microlift.server.backup;

import dev.microlift.server.eventlog.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Puts a backup back into an empty place. */
public final class Restore {

    private static final int MOST_FAULTS_TOLD = 20;

    private final Path backup;
    private final Manifest manifest;

    private Restore(Path backup, Manifest manifest) {
        this.backup = backup;
        this.manifest = manifest;
    }

    /**
     * Opens a backup and reads every byte of it.
     *
     * @throws BackupException if it is none, a later program made it, or anything in it is not what it was, naming each
     */
    public static Restore of(Path backup) {
        try {
            Manifest manifest = Manifest.of(backup);
            List<String> faults = new ArrayList<>();
            for (BackupFile file : manifest.files()) {
                Optional<String> fault = file.fault(backup);
                fault.ifPresent(faults::add);
            }
            if (!faults.isEmpty()) {
                throw new BackupException("the backup " + backup + " is not whole: "
                        + String.join("; ", faults.subList(0, Math.min(faults.size(), MOST_FAULTS_TOLD)))
                        + (faults.size() > MOST_FAULTS_TOLD
                                ? "; and " + (faults.size() - MOST_FAULTS_TOLD) + " more"
                                : ""));
            }
            return new Restore(backup, manifest);
        } catch (IOException failure) {
            throw new BackupException("the backup cannot be read: " + failure, failure);
        }
    }

    /** What it holds. */
    public Manifest manifest() {
        return manifest;
    }

    /** @throws BackupException if there is anything in the database or it cannot be reached */
    public static void requireEmpty(DataSource database) {
        try {
            ConfigurationDump.requireEmpty(database);
        } catch (SQLException failure) {
            throw new BackupException("the configuration database cannot be asked: " + failure.getMessage(), failure);
        }
    }

    /** Copies the files into a data directory; what is derived from them is made at the next start. */
    public void copyTo(Path data) {
        try {
            for (BackupFile file : manifest.files()) {
                if (!file.path().startsWith("configuration/")) {
                    BackupFile copied = BackupFile.copy(backup.resolve(file.path()), file.bytes(), data, file.path());
                    if (!copied.equals(file)) {
                        throw new BackupException(file.path() + " changed while it was copied");
                    }
                }
            }
            Folders.sync(data);
        } catch (IOException failure) {
            throw new BackupException("the files cannot be put back: " + failure, failure);
        }
    }

    /** Makes the configuration's tables in an empty database and fills them. */
    public void load(DataSource database) {
        try {
            ConfigurationDump.load(manifest.configuration(), backup, database);
        } catch (IOException failure) {
            throw new BackupException("the configuration cannot be loaded: " + failure, failure);
        }
    }
}
