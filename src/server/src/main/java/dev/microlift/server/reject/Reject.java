package dev.microlift.server.reject;

import java.time.Instant;

/**
 * Something that was not taken.
 *
 * @param code stable kebab-case kind of mistake
 * @param pointer JSON Pointer to the place within the message; empty for the message itself
 * @param route where it was sent to
 * @param keyId the public part of the sender's key
 * @param message how it began, as it came; keys are masked
 */
public record Reject(
        Instant time, String code, String pointer, String detail, String route, String keyId, String message) {

    Reject withoutMessage() {
        return new Reject(time, code, pointer, detail, route, keyId, "");
    }
}
