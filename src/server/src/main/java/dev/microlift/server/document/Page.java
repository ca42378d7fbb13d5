package dev.microlift.server.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part starts; null at the end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /** How many items a part has when nobody says. */
    public static final int DEFAULT_LIMIT = 100;

    /** How many items a part has at most. */
    public static final int MAX_LIMIT = 1000;

    private static final String NOT_OURS = "cursor is not one that a list handed out";

    /**
     * Which part is asked for.
     *
     * @param after the key of the last item of the part before; empty for the first
     */
    public record Request(int limit, String after) {

        /**
         * Reads the query parameters {@code limit} and {@code cursor}.
         *
         * @throws ProblemException naming the parameter that is wrong
         */
        public static Request of(@Nullable String limit, @Nullable String cursor) {
            return new Request(limit(limit), cursor == null ? "" : decode(cursor));
        }

        /**
         * The cursor of a list that is ordered by a number.
         *
         * @param first what the first part starts from
         * @throws ProblemException if the cursor is another list's
         */
        public long number(long first) {
            try {
                return after.isEmpty() ? first : Long.parseLong(after);
            } catch (NumberFormatException notOurs) {
                throw new ProblemException(ErrorCode.INVALID_PARAMETER, NOT_OURS);
            }
        }

        private static int limit(@Nullable String text) {
            if (text == null) {
                return DEFAULT_LIMIT;
            }
            try {
                int limit = Integer.parseInt(text);
                if (limit >= 1 && limit <= MAX_LIMIT) {
                    return limit;
                }
            } catch (NumberFormatException notANumber) {
                // told below, like a number out of range
            }
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER, "limit must be a whole number from 1 to " + MAX_LIMIT);
        }

        private static String decode(String cursor) {
            try {
                String after = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
                if (Representable.isWellFormed(after)) {
                    return after;
                }
            } catch (IllegalArgumentException notOurs) {
                // told below
            }
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, NOT_OURS);
        }
    }

    /**
     * Makes a page of what a query found.
     *
     * @param found up to one item more than the limit, in the list's order
     * @param key what the list is ordered by
     */
    public static <T> Page<T> of(List<T> found, Request request, Function<T, String> key) {
        if (found.size() <= request.limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, request.limit());
        String last = key.apply(items.get(items.size() - 1));
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(UTF_8)));
    }
}
