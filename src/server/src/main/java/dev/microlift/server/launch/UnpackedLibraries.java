package dev.microlift.server.launch;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Deletes the files that native libraries were unpacked into, 60 MB and more, once they are loaded: a library stays in
 * memory without its file, and a killed server would leave it behind. Where to unpack is a matter of the virtual machine's
 * own setting {@code java.io.tmpdir}, which cannot be changed any more when a program runs.
 *
 * <p>Where the system does not tell what is loaded, or keeps loaded files, they go with the process if it ends in order.
 */
@ApplicationScoped
class UnpackedLibraries {

    private static final Logger LOG = Logger.getLogger(UnpackedLibraries.class);
    private static final Path LOADED = Path.of("/proc/self/maps");

    /** The number in its name is what tells an unpacked one. */
    private static final Pattern UNPACKED = Pattern.compile(".* (/.*/lib(?:duckdb_java|rocksdbjni)\\d+\\.so)");

    /** After everybody has loaded what he needs. */
    void forget(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start) {
        if (!Files.isReadable(LOADED)) {
            return;
        }
        try {
            for (Path library : unpacked(Files.readAllLines(LOADED))) {
                Files.deleteIfExists(library);
            }
        } catch (IOException failure) {
            LOG.debug("an unpacked library stays until the process ends", failure);
        }
    }

    static List<Path> unpacked(List<String> loaded) {
        return loaded.stream()
                .map(UNPACKED::matcher)
                .filter(Matcher::matches)
                .map(line -> Path.of(line.group(1)))
                .distinct()
                .toList();
    }
}
