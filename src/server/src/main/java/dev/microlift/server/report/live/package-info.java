/** Counters of a running experiment, a few seconds old. */
@NullMarked
package dev.microlift.server.report.live;

import org.jspecify.annotations.NullMarked;
