package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An arm of an experiment.
 *
 * @param weight its share relative to the other weights, above 0
 * @param value what the app gets; of one type for all variants
 */
public record Variant(String key, double weight, JsonNode value) {}
