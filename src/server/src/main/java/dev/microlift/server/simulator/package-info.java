/**
 * The shop: a command that plays visitors, whose behaviour is known, against a running server.
 *
 * <p>It speaks the public HTTP interface only, so that what it finds beside the truth is what an app's owner would find.
 */
@NullMarked
package dev.microlift.server.simulator;

import org.jspecify.annotations.NullMarked;
