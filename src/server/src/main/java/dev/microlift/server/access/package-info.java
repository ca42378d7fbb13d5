/**
 * Who may do what: keys, roles, and how a request says which key it comes with.
 *
 * <p>Keys are checked against a snapshot in memory, so that no request waits for the database to be let in.
 */
@NullMarked
package dev.microlift.server.access;

import org.jspecify.annotations.NullMarked;
