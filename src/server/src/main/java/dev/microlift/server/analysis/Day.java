package dev.microlift.server.analysis;

import java.time.LocalDate;
import java.util.List;

/**
 * Units whose t0 is on one day.
 *
 * @param day UTC
 * @param exposedByVariant compared units, in the order of the arms
 * @param crossoversByFirstVariant units that saw two variants, by the first
 */
public record Day(LocalDate day, List<Long> exposedByVariant, List<Long> crossoversByFirstVariant) {

    public Day {
        exposedByVariant = List.copyOf(exposedByVariant);
        crossoversByFirstVariant = List.copyOf(crossoversByFirstVariant);
    }
}
