package dev.microlift.server.ingest;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param header gives a header's value by its name, null if absent
 */
record Submission(Function<String, @Nullable String> header, InputStream body) {

    Optional<String> header(String name) {
        return Optional.ofNullable(header.apply(name)).map(String::trim).filter(value -> !value.isEmpty());
    }
}
