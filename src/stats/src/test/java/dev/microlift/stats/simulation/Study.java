package dev.microlift.stats.simulation;

import java.util.List;

/** A question about the methods that simulation can answer. */
interface Study {

    List<Figure> run(Simulation simulation);
}
