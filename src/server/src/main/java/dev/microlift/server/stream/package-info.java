/**
 * Streams of server-sent events that tell callers of a changed configuration.
 *
 * <p>A stream costs a connection and a few hundred bytes, no thread; nothing is queued for a reader that does not read.
 */
@NullMarked
package dev.microlift.server.stream;

import org.jspecify.annotations.NullMarked;
