/** A metric day by day. */
@NullMarked
package dev.microlift.server.report.series;

import org.jspecify.annotations.NullMarked;
