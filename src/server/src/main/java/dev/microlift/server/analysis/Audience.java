package dev.microlift.server.analysis;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which units are wanted.
 *
 * @param reached positions of steps that they did
 * @param notReached positions of steps that they did not do
 * @param within how long after their t0 at most; what was done later is not done. Null for their whole window
 * @param variant the arm they are in; null for any
 */
public record Audience(
        Set<Integer> reached,
        Set<Integer> notReached,
        @Nullable Duration within,
        @Nullable String variant) {

    public Audience {
        reached = Set.copyOf(reached);
        notReached = Set.copyOf(notReached);
    }
}
