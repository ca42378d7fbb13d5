/** How fast units are assigned in the process: against a bare hash, OpenFeature's own provider, and other SDKs. */
@NullMarked
package dev.microlift.benchmarks.assignment;

import org.jspecify.annotations.NullMarked;
