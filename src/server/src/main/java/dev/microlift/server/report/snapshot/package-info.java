/** Reports as they were: stored once, never changed. */
@NullMarked
package dev.microlift.server.report.snapshot;

import org.jspecify.annotations.NullMarked;
