package dev.microlift.server.analysis;

import java.util.List;

/**
 * What the units of one arm did.
 *
 * @param exposed units to be compared
 * @param matured those of them whose window has closed
 * @param n the units that the figures are about
 * @param paths the n units by the way they went; those that did nothing too
 * @param steps sums for each step of the journey
 * @param times for each step when it was first done; empty in segments
 * @param guardrails sums for each further metric
 */
public record Arm(
        String variant,
        long exposed,
        long matured,
        long n,
        List<Path> paths,
        List<StepMoments> steps,
        List<StepTimes> times,
        List<GuardrailMoments> guardrails) {

    public Arm {
        paths = List.copyOf(paths);
        steps = List.copyOf(steps);
        times = List.copyOf(times);
        guardrails = List.copyOf(guardrails);
    }
}
