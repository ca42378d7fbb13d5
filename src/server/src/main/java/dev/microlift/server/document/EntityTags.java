package dev.microlift.server.document;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entity tags: a change can be bound to what its author has read, and nobody is sent what he has. */
public final class EntityTags {

    private EntityTags() {}

    /** The strong tag of a revision. */
    public static String tag(long revision) {
        return "\"" + revision + "\"";
    }

    /**
     * Whether the header {@code If-None-Match} names this tag, weakly or strongly, or any at all: then the caller has the
     * answer already.
     */
    public static boolean matches(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::trim)
                        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                        .anyMatch(known -> known.equals(tag) || known.equals("*"));
    }

    /**
     * Checks the header {@code If-Match}; without one every change is welcome.
     *
     * @throws ProblemException with 412 if none of its tags is the current one
     */
    public static void requireMatch(@Nullable String ifMatch, long revision) {
        if (ifMatch == null || ifMatch.trim().equals("*")) {
            return;
        }
        if (Arrays.stream(ifMatch.split(",")).map(String::trim).noneMatch(tag(revision)::equals)) {
            throw new ProblemException(
                    ErrorCode.PRECONDITION_FAILED,
                    "If-Match names another revision; the current one is " + tag(revision));
        }
    }
}
