package dev.microlift.server.eventlog;

/** What became of an appended message. */
public enum Receipt {
    /** It is on disk now. */
    STORED,
    /** Its id was on disk already, or earlier in the same call. */
    DUPLICATE
}
