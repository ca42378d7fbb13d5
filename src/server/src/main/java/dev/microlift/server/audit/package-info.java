/**
 * Who changed what, when, and what it was before; and who tried to and was refused.
 *
 * <p>A change of configuration cannot be made without saying what it is about, and its entry is written in its own
 * transaction: there is neither a change without an entry nor an entry without its change.
 */
@NullMarked
package dev.microlift.server.audit;

import org.jspecify.annotations.NullMarked;
