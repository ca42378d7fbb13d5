/**
 * Taking messages in: the tracking routes, what they accept, and what they answer.
 *
 * <p>Stock libraries decide how requests look and devices decide what stands in them, so everything is checked here,
 * once; what reaches the log is valid.
 */
@NullMarked
package dev.microlift.server.ingest;

import org.jspecify.annotations.NullMarked;
