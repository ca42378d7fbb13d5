/**
 * Tells others of alerts: messages signed as Standard Webhooks says, kept in the database until they are delivered or given
 * up.
 *
 * <p>Addresses are chosen by users, so none is trusted: it is resolved once, checked, and connected to as checked.
 */
@NullMarked
package dev.microlift.server.alert.webhook;

import org.jspecify.annotations.NullMarked;
