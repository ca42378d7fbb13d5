package dev.microlift.server.experiment;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it is now.
 *
 * @param version grows with every change of any kind
 * @param launch what the start froze; null in a draft
 * @param muted variants whose units are served control's value
 * @param decision the variant that everybody gets after the stop; null if none was chosen
 * @param keyFreeSince when another experiment of this key, which had run, was deleted; null if none was
 */
public record Experiment(
        Definition definition,
        Status status,
        long version,
        @Nullable Launch launch,
        Set<String> muted,
        @Nullable String decision,
        @Nullable String decisionReason,
        @Nullable Instant keyFreeSince,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt) {

    public Experiment {
        muted = Set.copyOf(muted);
    }

    /** The experiment's key. */
    public String key() {
        return definition.key();
    }

    /** What the start froze, if it was started. */
    public Optional<Launch> launched() {
        return Optional.ofNullable(launch);
    }

    /** The variant that everybody gets, if one was chosen. */
    public Optional<String> decided() {
        return Optional.ofNullable(decision);
    }

    /**
     * Exposures that were received up to then are of another experiment, which had this key and another hash; empty where
     * nothing says so. What another tool assigns is its business: there an exposure belongs to whoever has its key.
     */
    public Optional<Instant> othersUntil() {
        return definition.assignment() == AssignmentMode.EXTERNAL
                ? Optional.empty()
                : Optional.ofNullable(keyFreeSince);
    }

    /** When it was started. */
    public Optional<Instant> started() {
        return Optional.ofNullable(startedAt);
    }

    /** When it was stopped. */
    public Optional<Instant> stopped() {
        return Optional.ofNullable(stoppedAt);
    }

    /** Whether it had ended at that time; null for now. */
    public boolean isStoppedAt(@Nullable Instant time) {
        return stoppedAt != null && (time == null || !stoppedAt.isAfter(time));
    }

    /** True if plan or guardrails are not those the experiment was started with. */
    public boolean isExploratory() {
        return launch != null && !launch.planHash().equals(PlanHash.of(definition));
    }
}
