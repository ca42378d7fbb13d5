package dev.microlift.server.eventlog;

/**
 * How a message is written in the log. Files outlive releases: a layout that was released is read for ever, and a change
 * gets a version of its own.
 */
final class MessageLayout {

    static final byte VERSION = 1;

    /** In the version's place: the message was erased. Of it there is left how long it was and when it was received. */
    static final byte ERASED = 0;

    /** Written by their place here: append only. */
    private static final Kind[] KINDS = {Kind.TRACK, Kind.PAGE, Kind.SCREEN, Kind.IDENTIFY, Kind.ALIAS, Kind.GROUP};

    static final int LATE = 1;
    static final int CLAMPED = 2;
    static final int BOT = 4;
    static final int USER = 8;
    static final int ANONYMOUS = 16;
    static final int EXPOSURE = 32;

    /** Where in a message something stands; behind the version. */
    static final int KIND_AT = 1;

    static final int FLAGS_AT = 2;
    static final int CONTENT_AT = 3;
    static final int TIME_AT = CONTENT_AT + Integer.BYTES;
    static final int RECEIVED_AT = TIME_AT + Long.BYTES;
    static final int UNITS_AT = RECEIVED_AT + Long.BYTES;
    static final int TEXTS_AT = UNITS_AT + Integer.BYTES;

    private MessageLayout() {}

    static byte code(Kind kind) {
        for (byte code = 0; code < KINDS.length; code++) {
            if (KINDS[code] == kind) {
                return code;
            }
        }
        throw new IllegalStateException("no code for " + kind);
    }

    static Kind kind(byte code) {
        return KINDS[code];
    }

    static byte flags(Message message) {
        return (byte) ((message.late() ? LATE : 0)
                | (message.clamped() ? CLAMPED : 0)
                | (message.bot() ? BOT : 0)
                | (message.userId() != null ? USER : 0)
                | (message.anonymousId() != null ? ANONYMOUS : 0)
                | (message.exposure() != null ? EXPOSURE : 0));
    }
}
