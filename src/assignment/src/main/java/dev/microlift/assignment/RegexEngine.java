package dev.microlift.assignment;

/**
 * Compiles regular expressions. Patterns come from configuration and texts from anybody, so the engine must match in
 * time linear in the text; the JDK's does not.
 */
@FunctionalInterface
public interface RegexEngine {

    /**
     * Compiles a pattern.
     *
     * @throws InvalidRegexException if the engine does not understand it
     */
    Pattern compile(String regex, boolean ignoreCase) throws InvalidRegexException;

    /** A compiled pattern; safe for use by many threads. */
    @FunctionalInterface
    interface Pattern {
        /** Whether the pattern matches anywhere in the text. */
        boolean isFoundIn(String text);
    }

    /** The engine does not understand a pattern; the message says why. */
    final class InvalidRegexException extends Exception {
        public InvalidRegexException(String message) {
            super(message);
        }
    }
}
