package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message as it came in.
 *
 * @param node in the form of the tracking specification
 * @param start where in the body it stands
 * @param bytes how many it took there
 */
record RawMessage(JsonNode node, long start, long bytes) {

    /** The same message in another form. */
    RawMessage as(JsonNode other) {
        return new RawMessage(other, start, bytes);
    }
}
