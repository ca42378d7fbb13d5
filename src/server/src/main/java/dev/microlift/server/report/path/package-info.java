/** The way to the goal: where units drop off, where a lift comes from, and what a step says about the goal. */
@NullMarked
package dev.microlift.server.report.path;

import org.jspecify.annotations.NullMarked;
