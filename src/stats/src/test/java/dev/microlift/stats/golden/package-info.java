/**
 * Reference values and the program that runs them through the library.
 *
 * <p>Each file holds the cases of one method, computed by other routes than the library's own formulas.
 */
@NullMarked
package dev.microlift.stats.golden;

import org.jspecify.annotations.NullMarked;
