package dev.microlift.server.audience;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit on a list.
 *
 * @param variant of the experiment asked about; null for all traffic
 * @param since its first step in the time asked about, or its exposure
 * @param reachedAt when it reached the step asked about; null if none was
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Member(
        String unit,
        @Nullable String variant,
        Instant since,
        @Nullable Instant reachedAt) {}
