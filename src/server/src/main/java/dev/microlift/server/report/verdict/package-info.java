/** What to do, by rules that can be read as one table. */
@NullMarked
package dev.microlift.server.report.verdict;

import org.jspecify.annotations.NullMarked;
