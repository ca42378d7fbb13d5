/**
 * How fast the parts are, measured with JMH.
 *
 * <p>A module of its own, because benchmarks take minutes and their tool belongs in no application.
 */
@NullMarked
package dev.microlift.benchmarks;

import org.jspecify.annotations.NullMarked;
