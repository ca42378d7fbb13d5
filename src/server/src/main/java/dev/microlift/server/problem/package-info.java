/**
 * The only way an error leaves: a stable code, a status and, for bad input, every fault with its place.
 *
 * <p>Features throw a {@link dev.microlift.server.problem.ProblemException}; only this package knows how it is written.
 */
@NullMarked
package dev.microlift.server.problem;

import org.jspecify.annotations.NullMarked;
