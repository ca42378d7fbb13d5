/** What stopped experiments say together: does moving a step move the goal? */
@NullMarked
package dev.microlift.server.report.surrogacy;

import org.jspecify.annotations.NullMarked;
