/**
 * Reports: what an experiment's figures mean, as JSON that an analyst can read and a program can check.
 *
 * <p>Analysis counts and statistics judge; here both are put together, with every denominator and every refusal named.
 */
@NullMarked
package dev.microlift.server.report;

import org.jspecify.annotations.NullMarked;
