package dev.microlift.server.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a backup holds. It is written last: a folder without it is no backup.
 *
 * @param format how the backup itself is laid out
 * @param version of the program that made it
 * @param createdAt when it was begun
 * @param position the last message of the log in it; every message that was acknowledged before the backup began is at or
 *     before it
 * @param configuration the configuration database
 * @param files every file of it but this one
 */
public record Manifest(
        int format,
        String version,
        Instant createdAt,
        long position,
        ConfigurationCopy configuration,
        List<BackupFile> files) {

    /** Its name in the folder of the backup. */
    public static final String FILE = "manifest.json";

    /** The layout that this program makes, and the latest that it can read. */
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            // A later layout may tell more; that it is later is what has to be said of it.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    public Manifest {
        files = List.copyOf(files);
    }

    /** All bytes of the files. */
    public long bytes() {
        return files.stream().mapToLong(BackupFile::bytes).sum();
    }

    /**
     * Reads that of a backup.
     *
     * @throws BackupException if there is none, it cannot be read, or a later program made it
     */
    static Manifest of(Path backup) throws IOException {
        Path file = backup.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new BackupException(backup + " is no backup, or one that was interrupted: it has no " + FILE
                    + ", which is written last");
        }
        try {
            byte[] text = Files.readAllBytes(file);
            Head head = JSON.readValue(text, Head.class);
            if (head.format > FORMAT) {
                throw new BackupException(
                        "%s was made by Microlift %s in format %d; this program reads formats up to %d. Restore it with that version or a later one"
                                .formatted(backup, head.version, head.format, FORMAT));
            }
            return JSON.readValue(text, Manifest.class);
        } catch (JacksonException damaged) {
            throw new BackupException(file + " is damaged: " + damaged.getOriginalMessage(), damaged);
        }
    }

    /** What every format has. */
    private record Head(int format, String version) {}

    void write(Path backup) throws IOException {
        JSON.writeValue(backup.resolve(FILE).toFile(), this);
    }
}
