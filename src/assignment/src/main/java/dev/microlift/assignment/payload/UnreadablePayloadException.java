package dev.microlift.assignment.payload;

/** What was received is no configuration at all; the message says why. */
public final class UnreadablePayloadException extends Exception {
    public UnreadablePayloadException(String message) {
        super(message);
    }
}
