/**
 * Backups: what a server keeps, copied while it runs, and put back into an empty place.
 *
 * <p>The log is the truth, so a backup is the log's files up to one position, the sealed files, and the configuration
 * as it was right after that position: events speak of experiments, so no event in a backup speaks of one that is not in
 * it. All else in a data directory is derived and made anew. Nothing is asked of the server: its files only grow or are
 * replaced as a whole, so links to them are a picture of one moment.
 */
@NullMarked
package dev.microlift.server.backup;

import org.jspecify.annotations.NullMarked;
