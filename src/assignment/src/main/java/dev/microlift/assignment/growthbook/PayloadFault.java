package dev.microlift.assignment.growthbook;

/**
 * One mistake in a payload.
 *
 * @param feature key of the feature; empty if the payload itself is at fault
 * @param pointer JSON Pointer from the feature to the rule that is at fault; empty if it is the feature
 * @param message what is wrong, for the payload's author
 */
public record PayloadFault(String feature, String pointer, String message) {}
