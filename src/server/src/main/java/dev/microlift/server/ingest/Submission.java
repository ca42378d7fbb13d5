package dev.microlift.server.ingest;

import dev.microlift.server.access.PresentedKey;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param route its path
 * @param header gives a header's value by its name, null if absent
 * @param addressKey the key, where a protocol puts it into the address
 */
record Submission(
        String route, Function<String, @Nullable String> header, Optional<String> addressKey, InputStream body) {

    /** A request whose address has no place for a key. */
    Submission(String route, Function<String, @Nullable String> header, InputStream body) {
        this(route, header, Optional.empty(), body);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(header.apply(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /** The key it presents outside its body. */
    Optional<String> key() {
        return PresentedKey.in(header).or(() -> addressKey);
    }
}
