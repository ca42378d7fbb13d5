package dev.microlift.assignment;

import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version as text that sorts in the order of versions.
 *
 * <p>Build metadata and a leading {@code v} are dropped; the rest is split at dots and dashes. Three parts are a release
 * and get a {@code ~}, which sorts after every pre-release tag. Numeric parts are padded to five characters, so that 9
 * sorts before 10; longer numbers and numbers beside texts sort as texts, as in the published specification. What is
 * neither text nor a number is version 0.
 */
record VersionKey(String text) implements Comparable<VersionKey> {

    private static final Pattern SEPARATOR = Pattern.compile("[-.]");
    private static final int NUMBER_WIDTH = 5;
    private static final int RELEASE_PARTS = 3;

    static VersionKey of(@Nullable Object version) {
        String text = version instanceof String || version instanceof Number ? JavaScriptValues.toText(version) : "";
        StringJoiner key = new StringJoiner("-");
        String[] parts = SEPARATOR.split(core(text.isEmpty() ? "0" : text), -1);
        for (String part : parts) {
            key.add(padded(part));
        }
        if (parts.length == RELEASE_PARTS) {
            key.add("~");
        }
        return new VersionKey(key.toString());
    }

    @Override
    public int compareTo(VersionKey other) {
        return text.compareTo(other.text);
    }

    private static String core(String version) {
        int start = version.startsWith("v") ? 1 : 0;
        int build = version.indexOf('+');
        return version.substring(start, build < 0 ? version.length() : build);
    }

    private static String padded(String part) {
        boolean number = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && part.length() < NUMBER_WIDTH ? " ".repeat(NUMBER_WIDTH - part.length()) + part : part;
    }
}
