package dev.microlift.server.audience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which units.
 *
 * @param journey whose steps are meant
 * @param reached key of a step that they reached; null for any
 * @param notReached key of a step that they did not reach since; null for none
 * @param within how long ago they first did something on the journey (or were exposed), at most
 * @param experiment only units exposed to it; null for all traffic
 * @param variant only units of this variant; null for all
 */
record AudienceRequest(
        String journey,
        @Nullable String reached,
        @Nullable String notReached,
        Duration within,
        @Nullable String experiment,
        @Nullable String variant) {}
