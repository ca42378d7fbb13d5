/**
 * How much anybody may ask for: so many requests a second with one key and from one address, so many wrong keys a minute.
 *
 * <p>Limits are each node's own and in memory: a request is let through in some hundred nanoseconds, and no sender can fill
 * the memory by coming from ever new addresses.
 */
@NullMarked
package dev.microlift.server.limit;

import org.jspecify.annotations.NullMarked;
