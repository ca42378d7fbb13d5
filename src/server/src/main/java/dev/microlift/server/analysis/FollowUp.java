package dev.microlift.server.analysis;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long units are followed.
 *
 * @param window how long after t0 a unit's events count; null until the end
 * @param preExposure how long before t0 a unit's own past is looked at; null not at all
 * @param started when the experiment was started; null in a draft
 * @param end when the experiment was stopped; null while it has not
 * @param goesOn whether what units do after the end counts too
 */
public record FollowUp(
        @Nullable Duration window,
        @Nullable Duration preExposure,
        @Nullable Instant started,
        @Nullable Instant end,
        boolean goesOn) {

    /** Until the end. */
    public FollowUp(
            @Nullable Duration window,
            @Nullable Duration preExposure,
            @Nullable Instant started,
            @Nullable Instant end) {
        this(window, preExposure, started, end, false);
    }

    /** From t0 on without any limit. */
    public static final FollowUp UNLIMITED = new FollowUp(null, null, null, null);

    /** What happens from then on does not count; null if everything does. */
    @Nullable
    Instant limit() {
        return goesOn ? null : end;
    }

    /** Whether units are followed for ever. */
    boolean isOpen() {
        return window == null && limit() == null;
    }

    /** The window, if there is one. */
    public Optional<Duration> unitWindow() {
        return Optional.ofNullable(window);
    }

    /** How far back a unit's past reaches, if it is looked at. */
    public Optional<Duration> past() {
        return Optional.ofNullable(preExposure);
    }
}
