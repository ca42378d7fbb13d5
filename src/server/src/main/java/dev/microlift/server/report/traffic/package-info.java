/** Reports about all traffic of a journey, without any experiment. */
@NullMarked
package dev.microlift.server.report.traffic;

import org.jspecify.annotations.NullMarked;
