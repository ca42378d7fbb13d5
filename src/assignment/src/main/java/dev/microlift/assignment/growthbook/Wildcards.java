package dev.microlift.assignment.growthbook;

import java.util.Locale;

/** Patterns in which {@code *} stands for anything, in any case of letters. */
final class Wildcards {

    private Wildcards() {}

    /** Takes pattern's length times text's length at worst: after a mismatch only the last {@code *} grows. */
    static boolean match(String pattern, String text) {
        String expected = pattern.toLowerCase(Locale.ROOT);
        String actual = text.toLowerCase(Locale.ROOT);
        int p = 0;
        int lastStar = -1;
        int afterStar = 0;
        int t = 0;
        while (t < actual.length()) {
            if (p < expected.length() && expected.charAt(p) == '*') {
                lastStar = p++;
                afterStar = t;
            } else if (p < expected.length() && expected.charAt(p) == actual.charAt(t)) {
                p++;
                t++;
            } else if (lastStar >= 0) {
                p = lastStar + 1;
                t = ++afterStar;
            } else {
                return false;
            }
        }
        while (p < expected.length() && expected.charAt(p) == '*') {
            p++;
        }
        return p == expected.length();
    }
}
