package dev.microlift.server.alert;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A condition that holds.
 *
 * @param subject what it is about: an experiment's key, with the metric's for a guardrail, or {@link #SERVER}
 * @param evidence the figures that say so
 */
record Finding(AlertKind kind, String subject, JsonNode evidence) {

    /** The subject of what concerns the server as a whole; no experiment's key has capital letters. */
    static final String SERVER = "SERVER";
}
