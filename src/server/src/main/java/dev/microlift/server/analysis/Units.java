package dev.microlift.server.analysis;

import java.util.List;

/**
 * Units by what becomes of them.
 *
 * @param exposed units with a first exposure, whatever became of them; without bots
 * @param crossovers units exposed to two variants: in no comparison
 * @param overridden units whose variant was set by hand: in no comparison
 * @param bots units that only robots' exposures speak of: in no comparison, and not among the exposed
 * @param strays exposures to variants that the experiment does not have
 * @param crossoversByFirstVariant crossovers by the variant they saw first
 * @param withoutStep units with events in the period but none that makes a step; counted for traffic only
 */
public record Units(
        long exposed,
        long crossovers,
        long overridden,
        long bots,
        long strays,
        List<Long> crossoversByFirstVariant,
        long withoutStep) {

    public Units {
        crossoversByFirstVariant = List.copyOf(crossoversByFirstVariant);
    }
}
