package dev.microlift.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a request says its key: as bearer token, as {@code X-API-Key}, or as the user name of HTTP Basic. */
public final class PresentedKey {

    private PresentedKey() {}

    /**
     * The key of a request's headers.
     *
     * @param header gives a header's value by its name, null if absent
     */
    public static Optional<String> in(Function<String, @Nullable String> header) {
        String authorization = header.apply("Authorization");
        if (authorization == null) {
            return text(header.apply("X-API-Key"));
        }
        int space = authorization.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String credentials = authorization.substring(space + 1).trim();
        return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> text(credentials);
            case "basic" -> userName(credentials);
            default -> Optional.empty();
        };
    }

    private static Optional<String> userName(String credentials) {
        try {
            return text(new String(Base64.getDecoder().decode(credentials), UTF_8).split(":", 2)[0]);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }
}
