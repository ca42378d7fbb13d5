package dev.microlift.server.journey;

import java.util.List;

/**
 * An ordered list of micro steps that ends in a macro goal.
 *
 * @param unitType whose journey it is, unless an experiment says otherwise
 * @param steps the micro steps in order, then the goal
 */
public record Journey(String key, String name, String unitType, List<Step> steps) {

    public Journey {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.get(steps.size() - 1).role() != StepRole.MACRO) {
            throw new IllegalArgumentException("a journey ends in its goal");
        }
    }

    /** The macro goal. */
    public Step goal() {
        return steps.get(steps.size() - 1);
    }

    /** The micro steps, optional ones included. */
    public List<Step> microSteps() {
        return steps.subList(0, steps.size() - 1);
    }
}
