package dev.microlift.server.analysis;

/** Which exposed units figures are about. */
public enum Population {
    /** Those whose window has closed: figures that stay. */
    MATURED,
    /** All of them: provisional figures. */
    ALL
}
