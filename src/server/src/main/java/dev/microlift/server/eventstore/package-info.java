/**
 * The tables that questions are asked of: one DuckDB file and a Parquet file for each finished day, both derived from the
 * log and to be made anew from it.
 *
 * <p>A column store answers reports over millions of events on one machine without a server beside this one; nothing
 * outside this package and the analysis speaks its language.
 */
@NullMarked
package dev.microlift.server.eventstore;

import org.jspecify.annotations.NullMarked;
