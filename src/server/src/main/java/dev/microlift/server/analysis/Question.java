package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import java.util.List;

/**
 * What is asked of the events.
 *
 * @param unitType whose exposures and events are counted
 * @param steps the journey's steps in order, the goal last; at most {@value #MOST_STEPS}
 * @param population which units the figures are about
 */
public record Question(
        Scope scope,
        String unitType,
        List<Step> steps,
        FollowUp followUp,
        Period period,
        Population population,
        Detail detail) {

    /** As many as a mask of bits holds. */
    public static final int MOST_STEPS = 62;

    public Question {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a journey has 1 to " + MOST_STEPS + " steps");
        }
    }

    /** Position of the goal among the steps. */
    int goal() {
        return steps.size() - 1;
    }
}
