/**
 * What persons may ask for: everything that is stored of them, and that it goes; and how long events are kept at all.
 *
 * <p>An erasure is done when no file in the data directory holds a byte of the id. What is known of the unit afterwards is
 * a keyed hash, by which what is sent of it again is refused.
 */
@NullMarked
package dev.microlift.server.privacy;

import org.jspecify.annotations.NullMarked;
