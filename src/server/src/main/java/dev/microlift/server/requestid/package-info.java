/**
 * Every request has an id: in its answer, in every line of the log that is about it, and in what is told of an error.
 *
 * <p>It is given before anything else happens, so that nothing of a request is without it; what it costs is paid by every
 * request there is.
 */
@NullMarked
package dev.microlift.server.requestid;

import org.jspecify.annotations.NullMarked;
