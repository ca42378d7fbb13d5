/** Answers that are being computed: who waits for a long one can see it, and end it. */
@NullMarked
package dev.microlift.server.report.computation;

import org.jspecify.annotations.NullMarked;
