/** Units one by one, for those who compute by themselves. */
@NullMarked
package dev.microlift.server.report.units;

import org.jspecify.annotations.NullMarked;
