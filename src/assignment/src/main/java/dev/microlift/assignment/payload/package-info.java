/**
 * Reads the configuration that the server gives to SDKs into experiments that can be evaluated.
 *
 * <p>It reads plain maps, lists and values, so that whoever uses it chooses the JSON library.
 */
@NullMarked
package dev.microlift.assignment.payload;

import org.jspecify.annotations.NullMarked;
