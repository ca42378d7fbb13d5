package dev.microlift.server.eventlog;

/** What became of an appended message. */
public enum Receipt {
    /** It is on disk now. */
    STORED,
    /** It was on disk already, or stands earlier in the same call. */
    DUPLICATE,
    /** Another message came first under its id. That one is kept, this one is not. */
    CONFLICT,
    /** It is of those that the log was told to refuse. */
    REFUSED
}
