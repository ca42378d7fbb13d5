package dev.microlift.server.eventlog;

import java.util.Locale;
import java.util.Optional;

/** The kinds of messages of the tracking specification. */
public enum Kind {
    /** A unit did something. */
    TRACK,
    /** A unit saw a page. */
    PAGE,
    /** A unit saw a screen of an app. */
    SCREEN,
    /** An anonymous id turned out to be a user. */
    IDENTIFY,
    /** Two user ids are the same user. */
    ALIAS,
    /** A user belongs to a group. */
    GROUP;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it is written in messages and tables. */
    public String text() {
        return text;
    }

    /** The kind that is written so. */
    public static Optional<Kind> of(String text) {
        for (Kind kind : values()) {
            if (kind.text.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
