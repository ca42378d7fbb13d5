/**
 * How configuration changes: one transaction at a time, each with a new version that every node hears of.
 *
 * <p>Evaluation and authentication read snapshots in memory; this is what tells them to read anew.
 */
@NullMarked
package dev.microlift.server.configuration;

import org.jspecify.annotations.NullMarked;
