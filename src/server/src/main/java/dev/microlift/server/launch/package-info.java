/**
 * Starting and stopping: the data directory, the embedded database and the command line.
 *
 * <p>It runs before the application, because the application wants its database's address when it starts.
 */
@NullMarked
package dev.microlift.server.launch;

import org.jspecify.annotations.NullMarked;
