/**
 * What needs somebody's attention, found without anybody looking: alerts, kept while their condition holds.
 *
 * <p>One node at a time judges, from the same reports that people read; what follows is told by webhooks and metrics.
 */
@NullMarked
package dev.microlift.server.alert;

import org.jspecify.annotations.NullMarked;
