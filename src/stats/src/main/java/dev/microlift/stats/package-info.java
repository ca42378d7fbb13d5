/**
 * What the numbers mean: every figure of a report, computed from sufficient statistics.
 *
 * <p>Pure functions on Commons Math, without framework and I/O, so that any program can use them and every figure can
 * be checked against an independent reference.
 */
@NullMarked
package dev.microlift.stats;

import org.jspecify.annotations.NullMarked;
