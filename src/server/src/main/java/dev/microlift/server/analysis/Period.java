package dev.microlift.server.analysis;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times a question speaks of.
 *
 * @param from units whose t0 is before this are left out; null for no limit
 * @param to units whose t0 is from this on are left out; null for no limit
 * @param asOf what happened from this on is not known yet; null to know everything
 * @param now the time of asking
 */
public record Period(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant asOf,
        Instant now) {

    /** Everything there is. */
    public static Period everything(Instant now) {
        return new Period(null, null, null, now);
    }

    /** Whether it leaves nothing out. */
    boolean isEverything() {
        return isAnyExposure() && asOf == null;
    }

    /** Whether units are meant whenever they were first exposed. */
    boolean isAnyExposure() {
        return from == null && to == null;
    }

    /** The time that the answer knows everything before; of what is still to come nothing is known. */
    Instant knownUntil() {
        return Optional.ofNullable(asOf).filter(now::isAfter).orElse(now);
    }
}
