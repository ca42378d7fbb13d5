package dev.microlift.server.eventstore;

/** The store cannot be opened or does not answer. */
public final class EventStoreException extends RuntimeException {

    EventStoreException(String message) {
        super(message);
    }

    EventStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
