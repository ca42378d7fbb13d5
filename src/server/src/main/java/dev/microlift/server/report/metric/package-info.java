/** Variants compared with the control: steps, goal, values, guardrails, and all of it by segment. */
@NullMarked
package dev.microlift.server.report.metric;

import org.jspecify.annotations.NullMarked;
