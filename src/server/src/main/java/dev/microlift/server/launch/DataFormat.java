package dev.microlift.server.launch;

import dev.microlift.server.eventlog.DiskSync;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * What a data directory says of the files in it, so that a program never guesses at what a later one wrote.
 *
 * @param number grows when an earlier program could not read the log, the sealed files or the names of the files any more
 * @param version of the program that served from them last
 */
record DataFormat(int number, String version) {

    /** The file that says it, in a data directory and in a backup. */
    static final String FILE = "microlift.format";

    /** What this program writes, and the latest that it reads. */
    static final int CURRENT = 1;

    /**
     * Refuses what a later program wrote. A directory that says nothing is new or of the first format.
     *
     * @throws LaunchException if this program cannot read it
     */
    static void requireReadable(Path directory) {
        DataFormat found = in(directory);
        if (found.number > CURRENT) {
            throw new LaunchException(
                    "%s is of format %d, written by Microlift %s; this is Microlift %s, which reads formats up to %d. Start that version or a later one, or restore a backup made before the upgrade. Nothing was changed"
                            .formatted(directory, found.number, found.version, ProgramVersion.NAME, CURRENT));
        }
    }

    private static DataFormat in(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return new DataFormat(1, "");
        }
        try (Reader in = Files.newBufferedReader(file)) {
            Properties said = new Properties();
            said.load(in);
            return new DataFormat(
                    Integer.parseInt(said.getProperty("format", "").trim()), said.getProperty("version", "unknown"));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new LaunchException(
                    file + " cannot be read: " + unreadable + ". It should say format=1, or what the program that wrote"
                            + " it says",
                    unreadable);
        }
    }

    /** Says that this program serves from a data directory now. */
    static void write(Path directory) throws IOException {
        DataFormat current = new DataFormat(CURRENT, ProgramVersion.NAME);
        Path file = directory.resolve(FILE);
        if (Files.exists(file) && in(directory).equals(current)) {
            return;
        }
        Path next = directory.resolve(FILE + ".next");
        Files.writeString(next, "format=" + current.number + "\nversion=" + current.version + "\n");
        DiskSync.of(next);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DiskSync.of(directory);
    }
}
