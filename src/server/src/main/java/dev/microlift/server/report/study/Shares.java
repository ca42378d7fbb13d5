package dev.microlift.server.report.study;

import org.jspecify.annotations.Nullable;

/** Parts of wholes. */
public final class Shares {

    private Shares() {}

    /** The part's share; null of an empty whole. */
    public static @Nullable Double of(long part, long whole) {
        return of((double) part, whole);
    }

    /** A sum's share for each; null of none. */
    public static @Nullable Double of(double part, long whole) {
        return whole == 0 ? null : part / whole;
    }
}
