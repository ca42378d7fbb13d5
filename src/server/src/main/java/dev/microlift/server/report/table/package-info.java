/** Reports as flat tables. */
@NullMarked
package dev.microlift.server.report.table;

import org.jspecify.annotations.NullMarked;
