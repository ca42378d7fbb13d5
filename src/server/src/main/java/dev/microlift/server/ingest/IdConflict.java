package dev.microlift.server.ingest;

/** What a sender is told whose message stands under the id of another one. The first is kept. */
final class IdConflict {

    static final String CODE = "id-conflict";

    static final String DETAIL = "another message came first under this messageId; that one is kept, this one is not";

    private IdConflict() {}
}
