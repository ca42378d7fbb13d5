/** What every block of a report starts from: the arms, the journey, the plan, and how figures are written. */
@NullMarked
package dev.microlift.server.report.study;

import org.jspecify.annotations.NullMarked;
