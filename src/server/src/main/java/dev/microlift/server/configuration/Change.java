package dev.microlift.server.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A change of configuration that is about to commit. Observers take part in its transaction: if one fails, nothing is
 * changed.
 *
 * @param action what is done, as the last part of the address says it, or {@code create}, {@code replace}, {@code delete}
 * @param kind what kind of thing it is done to
 * @param key which one
 * @param before the thing's document until now; empty if it is new
 * @param after the thing's document from now on; empty if it is gone
 */
public record Change(String action, String kind, String key, Optional<JsonNode> before, Optional<JsonNode> after) {}
