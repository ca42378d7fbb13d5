package dev.microlift.assignment.payload;

/**
 * A feature, or a rule of a foreign one, that was left out, because it cannot be evaluated as its author meant it.
 *
 * @param key the feature's key
 * @param pointer JSON Pointer from the feature to the mistake
 * @param reason what is wrong
 */
public record Omission(String key, String pointer, String reason) {}
