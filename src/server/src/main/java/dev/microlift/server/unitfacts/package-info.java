/**
 * What is remembered of units, so that an evaluation can ask for it: who did an entry step, who saw which variant.
 *
 * <p>Facts are derived: they are collected once from the event store when somebody wants them, and kept up with the log
 * from there on. They live in an index on disk with a fixed amount of memory, because a unit may come back after years.
 */
@NullMarked
package dev.microlift.server.unitfacts;

import org.jspecify.annotations.NullMarked;
