/**
 * Counters that several features write and that speak of experiments.
 *
 * <p>Labels come from the configuration alone, never from what is sent, so that nobody outside can fill the operator's
 * database with time series.
 */
@NullMarked
package dev.microlift.server.meter;

import org.jspecify.annotations.NullMarked;
