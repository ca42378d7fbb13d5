package dev.microlift.server.simulator;

import java.util.regex.Pattern;

/** The keys under which the shop is set up. */
record Names(String journey, String experiment) {

    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    Names {
        requireKey("experiment", experiment);
        requireKey("journey", journey);
    }

    private static void requireKey(String what, String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "the key of the " + what + " must have 1 to 63 of a-z 0-9 . _ - and start with a letter or digit");
        }
    }
}
