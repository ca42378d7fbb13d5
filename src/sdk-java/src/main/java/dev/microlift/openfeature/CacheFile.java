package dev.microlift.openfeature;

import dev.microlift.assignment.payload.ExposureMemory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The last good configuration on disk. Trouble with it is logged and otherwise ignored: it is only a second chance. */
final class CacheFile {

    private static final System.Logger LOG = System.getLogger(CacheFile.class.getName());

    private final Path file;

    CacheFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    Optional<Configuration> read(ExposureMemory memory) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Configuration.MOST_BYTES + 1);
            if (bytes.length > Configuration.MOST_BYTES) {
                throw new IOException("larger than " + Configuration.MOST_BYTES + " bytes");
            }
            return Optional.of(Configuration.read(bytes, memory));
        } catch (NoSuchFileException firstStart) {
            return Optional.empty();
        } catch (IOException unusable) {
            LOG.log(Level.WARNING, "the configuration kept in {0} cannot be used: {1}", file, unusable.getMessage());
            return Optional.empty();
        }
    }

    /** Replaces the file in one step, so that another process never reads half of it. */
    void write(byte[] bytes) {
        try {
            Path folder = Files.createDirectories(file.resolveSibling(""));
            Path whole = Files.createTempFile(folder, "microlift", ".tmp");
            try {
                Files.write(whole, bytes);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException unwritable) {
            LOG.log(Level.WARNING, "the configuration cannot be kept in {0}: {1}", file, unwritable.getMessage());
        }
    }
}
