package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message as it came in.
 *
 * @param bytes how many it took in the body
 */
record RawMessage(JsonNode node, long bytes) {}
