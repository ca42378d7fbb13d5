/**
 * From events to sufficient statistics: who was exposed to what, and which steps they did in their window.
 *
 * <p>The database selects and orders, in SQL files; one pass in the order of units folds the rows, so that the same
 * events give the same sums to the last bit, whatever order they arrived in.
 */
@NullMarked
package dev.microlift.server.analysis;

import org.jspecify.annotations.NullMarked;
