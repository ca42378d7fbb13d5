package dev.microlift.server.privacy;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How long events are kept that no rule names. */
@ConfigMapping(prefix = "microlift.retention")
interface RetentionSettings {

    /** How many whole days events are kept whose name has no rule under {@code /api/v1/retention}; for ever without it. */
    Optional<Duration> keepFor();
}
