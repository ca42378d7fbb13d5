package dev.microlift.server.eventstore;

/** The disk has too little room for what is to be done; nothing of it was begun. */
final class NoRoomException extends EventStoreException {

    NoRoomException(String message) {
        super(message);
    }
}
