/**
 * Journeys: ordered micro steps that end in a macro goal, kept in versions.
 *
 * <p>A feature of its own, because experiments, evaluation and analysis all speak of steps and none owns them.
 */
@NullMarked
package dev.microlift.server.journey;

import org.jspecify.annotations.NullMarked;
