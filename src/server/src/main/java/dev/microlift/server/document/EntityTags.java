package dev.microlift.server.document;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entity tags of configuration documents: a change can be bound to what its author has read. */
public final class EntityTags {

    private EntityTags() {}

    /** The strong tag of a revision. */
    public static String tag(long revision) {
        return "\"" + revision + "\"";
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
