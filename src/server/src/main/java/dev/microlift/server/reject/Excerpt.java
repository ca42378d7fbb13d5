package dev.microlift.server.reject;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;

/** How something began that was sent, as text that can be stored and shown: no keys, nothing the database refuses. */
public final class Excerpt {

    /** As much of a message as is shown. */
    public static final int BYTES = 4 * 1024;

    private static final int LONGEST_KEY = 300;

    private static final String MASK = "***";

    private static final Pattern WRITE_KEY = Pattern.compile("(\"writeKey\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*");

    private static final Pattern KEY = Pattern.compile("(ml[a-z]_[0-9A-Za-z]{10}_)[0-9A-Za-z]+");

    private Excerpt() {}

    /** The beginning of a part of a body. */
    public static String of(byte[] body, int start, int length) {
        // A key that is cut off would not be known for one, so masking comes first and sees a little more.
        int seen = Math.min(length, BYTES + LONGEST_KEY);
        String text = new String(body, start, seen, UTF_8);
        String masked = WRITE_KEY.matcher(text).replaceAll("$1" + MASK);
        return storable(KEY.matcher(masked).replaceAll("$1" + MASK), BYTES);
    }

    /** The first characters of a text, without NUL and unpaired surrogates. */
    static String storable(String text, int maxLength) {
        StringBuilder storable = new StringBuilder(Math.min(text.length(), maxLength));
        text.codePoints().limit(maxLength).forEach(character -> {
            boolean isOdd = character == 0 || Character.getType(character) == Character.SURROGATE;
            storable.appendCodePoint(isOdd ? '\ufffd' : character);
        });
        return storable.toString();
    }
}
