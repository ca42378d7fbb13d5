/**
 * Reading JSON documents strictly: what is not understood is refused, and every fault is told with its place.
 *
 * <p>The usual mapping of JSON to objects stops at the first mistake and lets many pass (unknown fields, text for
 * numbers, infinite numbers); people who write configuration deserve the whole list at once.
 */
@NullMarked
package dev.microlift.server.document;

import org.jspecify.annotations.NullMarked;
