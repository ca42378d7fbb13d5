package dev.microlift.assignment.growthbook;

/**
 * One mistake in a payload.
 *
 * @param pointer where it is: the feature's key, and the rule's position if a rule is at fault
 * @param message what is wrong, for the payload's author
 */
public record PayloadFault(String pointer, String message) {}
