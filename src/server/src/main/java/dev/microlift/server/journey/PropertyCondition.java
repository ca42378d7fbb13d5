package dev.microlift.server.journey;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A condition on one property of an event.
 *
 * @param property dotted path into the event's properties
 * @param value what the operator compares with: text, number, truth value, or a list of them for {@code in} and {@code nin}
 */
public record PropertyCondition(String property, Operator op, JsonNode value) {}
