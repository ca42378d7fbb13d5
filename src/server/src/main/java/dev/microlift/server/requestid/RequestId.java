package dev.microlift.server.requestid;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** The id of a request. */
public final class RequestId {

    /** The header that brings it, and takes it back. */
    public static final String HEADER = "X-Request-Id";

    /** The name it has in the log. */
    static final String KEY = "requestId";

    private static final int LONGEST = 128;

    private RequestId() {}

    /** The id of the request that is being served here, if one is. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(KEY)).map(Object::toString);
    }

    /** The id of a request, which its answer carries. */
    public static Optional<String> of(RoutingContext request) {
        return Optional.ofNullable(request.response().headers().get(HEADER));
    }

    /** The id that a caller gave, if it can stand in a log; otherwise a new one of 64 random bits. */
    static String of(@Nullable String given) {
        return given != null && isWellFormed(given)
                ? given
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Letters, digits and {@code . _ -}, which no log, header or query takes for anything else. */
    private static boolean isWellFormed(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
            if (!isPlain && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }
}
