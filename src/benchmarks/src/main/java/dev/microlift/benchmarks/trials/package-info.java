/**
 * Programs that load the packaged server over HTTP and break what it stands on: process, disk, clock, files.
 *
 * <p>They are no unit tests, because each takes minutes, measures, or needs a machine to itself; each ends with figures
 * beside the bounds they must keep.
 */
@NullMarked
package dev.microlift.benchmarks.trials;

import org.jspecify.annotations.NullMarked;
