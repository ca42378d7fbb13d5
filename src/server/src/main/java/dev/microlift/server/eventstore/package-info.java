/**
 * The tables that questions are asked of, and for now the log itself: one DuckDB file in the data directory.
 *
 * <p>A column store answers reports over millions of events on one machine without a server beside this one; nothing
 * outside this package and the analysis speaks its language.
 */
@NullMarked
package dev.microlift.server.eventstore;

import org.jspecify.annotations.NullMarked;
