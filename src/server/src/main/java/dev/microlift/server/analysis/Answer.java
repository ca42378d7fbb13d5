package dev.microlift.server.analysis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the events say about one experiment.
 *
 * @param exposed units with a first exposure, whatever became of them
 * @param crossovers units exposed to two variants: in no comparison
 * @param overridden units whose variant was set by hand: in no comparison
 * @param bots units that only robots' exposures speak of: in no comparison, and not among the exposed
 * @param strays exposures to variants that the experiment does not have
 * @param variants the arms, in their order
 * @param settledAt from this time on the answer to the same events stays the same; null without exposures
 * @param watermark time of the latest event known; null without events
 */
public record Answer(
        long exposed,
        long crossovers,
        long overridden,
        long bots,
        long strays,
        List<Arm> variants,
        @Nullable Instant settledAt,
        @Nullable Instant watermark) {

    public Answer {
        variants = List.copyOf(variants);
    }

    /** From when on nothing changes any more without new events. */
    public Optional<Instant> settled() {
        return Optional.ofNullable(settledAt);
    }

    /** The latest event that is known. */
    public Optional<Instant> latestEvent() {
        return Optional.ofNullable(watermark);
    }

    /**
     * One arm.
     *
     * @param exposed units to be compared
     * @param matured those of them whose window has closed
     * @param n the units that the figures are about
     * @param reach how many of the n reached each required step; the last is the goal
     * @param steps each step of the journey by itself
     */
    public record Arm(String variant, long exposed, long matured, long n, List<Long> reach, List<StepSums> steps) {

        public Arm {
            reach = List.copyOf(reach);
            steps = List.copyOf(steps);
        }
    }

    /**
     * What an arm's units did of one step.
     *
     * @param did units that did the step itself
     * @param converted units counted for it: those that reached it; for an optional step those that did it
     * @param sum of the step's value over the units
     * @param sumOfSquares of the units' values
     */
    public record StepSums(long did, long converted, double sum, double sumOfSquares) {}
}
