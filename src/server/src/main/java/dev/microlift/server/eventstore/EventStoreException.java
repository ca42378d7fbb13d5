package dev.microlift.server.eventstore;

/** The store cannot be opened or does not answer. */
public sealed class EventStoreException extends RuntimeException permits NoRoomException {

    EventStoreException(String message) {
        super(message);
    }

    EventStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
