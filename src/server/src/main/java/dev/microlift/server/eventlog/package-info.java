/**
 * The log of record: what it means to have accepted a message, whoever keeps it.
 *
 * <p>Routes know only this interface, so that a cluster can replace the store on this machine's disk by a log of its own
 * without touching what parses and answers.
 */
@NullMarked
package dev.microlift.server.eventlog;

import org.jspecify.annotations.NullMarked;
