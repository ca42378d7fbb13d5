/**
 * What was not taken in, and why: the place where a developer finds the messages that went missing.
 *
 * <p>It is a courtesy beside the taking in and must never slow or endanger it: bounded everywhere, and what is too much is
 * counted and dropped.
 */
@NullMarked
package dev.microlift.server.reject;

import org.jspecify.annotations.NullMarked;
