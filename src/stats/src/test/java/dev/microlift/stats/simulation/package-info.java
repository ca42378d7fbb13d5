/**
 * The proof by simulation: what the documentation claims about error rates and coverage, measured again by anyone.
 *
 * <p>Every study draws data from a known truth, runs the library on them and counts. Seeds are fixed and every chunk of
 * replications has its own, so that the figures do not depend on the number of processors.
 */
@NullMarked
package dev.microlift.stats.simulation;

import org.jspecify.annotations.NullMarked;
