/**
 * Lists of units by how far they went, for those who want to bring them further. A share of a list may be held back, so
 * that an experiment tells what bringing them further was worth.
 */
@NullMarked
package dev.microlift.server.audience;

import org.jspecify.annotations.NullMarked;
