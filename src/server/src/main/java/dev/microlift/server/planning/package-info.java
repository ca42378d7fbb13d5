/**
 * Planning: how many units and days a test on a journey takes, and what it can detect in a given time.
 *
 * <p>A feature of its own, because it is asked before there is an experiment: it needs the journey's steps and what is
 * known of their rates, and nothing that was ever measured here.
 */
@NullMarked
package dev.microlift.server.planning;

import org.jspecify.annotations.NullMarked;
