package dev.microlift.assignment;

/**
 * One mistake in a condition.
 *
 * @param pointer JSON Pointer from the condition's root to the mistake
 * @param message what is wrong, for the condition's author
 */
public record ConditionFault(String pointer, Kind kind, String message) {

    /** What kind of mistake it is. */
    public enum Kind {
        UNKNOWN_OPERATOR,
        WRONG_OPERAND,
        BAD_REGEX,
        UNKNOWN_GROUP,
        TOO_DEEP
    }
}
