/**
 * Answers which variant a unit gets, from a compiled snapshot of the configuration.
 *
 * <p>No request waits for a database: a change of configuration replaces the snapshot as a whole.
 */
@NullMarked
package dev.microlift.server.evaluation;

import org.jspecify.annotations.NullMarked;
