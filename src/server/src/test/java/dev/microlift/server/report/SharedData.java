package dev.microlift.server.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Published data sets that lie beside some checkouts and are part of none. */
final class SharedData {

    /** A comma that is not inside quotes. */
    private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private SharedData() {}

    /** The lines of a compressed table below the header, or a skipped test where it is not there. */
    static List<String[]> table(String name) {
        Optional<Path> file = locate(name);
        Assumptions.assumeTrue(file.isPresent(), () -> "the data set " + name + " is not beside this checkout");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file.orElseThrow())), UTF_8))) {
            return lines.lines().skip(1).map(line -> COMMA.split(line, -1)).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<Path> locate(String name) {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared").resolve("data").resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
