/**
 * The log of record: what it means to have accepted a message, and the files on this machine's disk that keep that
 * promise. Routes and the event store know only {@link dev.microlift.server.eventlog.EventLog}, so that a cluster can
 * have a log of its own in its place.
 *
 * <p>How it is written: callers encode, one writer takes all that waits, leaves out ids that are known, puts the rest into
 * frames under a checksum, syncs once, and answers. Files are made ready before they are needed. After a failed write it
 * goes on in a new file, after a failed sync not before a restart. A torn tail is cut off and counted, a damaged frame is
 * passed over and counted.
 *
 * <p>Why it is ours: of the embedded journals that are well kept, ActiveMQ Artemis' (2.42.0) has the rate, 74 to 100 % of a
 * plain log's in one run, but not the guarantees. Its records have no checksum, damaged ones are skipped without a word, a
 * failed sync is reported and then confirmed, every live record costs heap, and it cannot be read by position while it is
 * written, which is what a loader does all day.
 */
@NullMarked
package dev.microlift.server.eventlog;

import org.jspecify.annotations.NullMarked;
