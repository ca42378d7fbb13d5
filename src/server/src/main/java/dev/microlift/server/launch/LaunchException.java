package dev.microlift.server.launch;

/** Why the server cannot start, in words for its operator. */
public class LaunchException extends RuntimeException {

    LaunchException(String message) {
        super(message);
    }

    LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
