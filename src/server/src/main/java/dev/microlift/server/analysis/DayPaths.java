package dev.microlift.server.analysis;

import java.time.LocalDate;
import java.util.List;

/**
 * What the units of one day did, all of them followed for the same time.
 *
 * @param day UTC, of their t0
 * @param byArm the ways they went, in the order of the arms
 */
public record DayPaths(LocalDate day, List<List<Path>> byArm) {

    public DayPaths {
        byArm = List.copyOf(byArm);
    }
}
