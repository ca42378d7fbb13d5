package dev.microlift.server.document;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;

/**
 * Compiles regular expressions that people write in documents. RE2 takes time linear in the text, but proportional to the
 * expression with all its repetitions written out, and {@code (a{999}){999}} is a million letters: so that is bounded.
 */
public final class Expressions {

    /** About how many letters and classes an expression may be with its repetitions written out. */
    public static final int MAX_SIZE = 1_000;

    /** A class of Unicode is made of hundreds of ranges. */
    private static final int UNICODE_CLASS = 10;

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");
    private static final java.util.regex.Pattern CLASS =
            java.util.regex.Pattern.compile("\\[\\^?+]?+(?:[^]\\\\]|\\\\.)*+]", java.util.regex.Pattern.DOTALL);

    private static final java.util.regex.Pattern UNICODE =
            java.util.regex.Pattern.compile("\\\\[pP](?:\\{[^}]*}|.)", java.util.regex.Pattern.DOTALL);

    private Expressions() {}

    /**
     * Compiles an expression.
     *
     * @throws PatternSyntaxException if it is none, or too large
     */
    public static Pattern compile(String expression, boolean ignoreCase) {
        if (size(expression) > MAX_SIZE) {
            throw new PatternSyntaxException(
                    "with its repetitions written out it is larger than " + MAX_SIZE, expression);
        }
        return Pattern.compile(expression, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    }

    /** Roughly how large an expression is when repetitions are written out; what is none has some size too. */
    static double size(String expression) {
        Deque<Double> outer = new ArrayDeque<>();
        Matcher repetition = REPETITION.matcher(expression);
        Matcher set = CLASS.matcher(expression);
        Matcher unicode = UNICODE.matcher(expression);
        double size = 0;
        double last = 0;
        int i = 0;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            int next = i + 1;
            double added = 1;
            if (c == '(') {
                outer.push(size);
                size = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                added = size + 1;
                size = outer.pop();
            } else if (c == '{' && repetition.region(i, expression.length()).lookingAt()) {
                added = last * Math.max(0, times(repetition) - 1);
                next = repetition.end();
            } else if (c == '[' && set.region(i, expression.length()).lookingAt()) {
                added = set.group().contains("\\p") || set.group().contains("\\P") ? UNICODE_CLASS : 1;
                next = set.end();
            } else if (c == '\\' && unicode.region(i, expression.length()).lookingAt()) {
                added = UNICODE_CLASS;
                next = unicode.end();
            } else if (c == '\\') {
                next = i + 2;
            }
            size += added;
            last = c == '{' ? last + added : added;
            i = next;
        }
        return size + outer.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double times(Matcher repetition) {
        String most = repetition.group(2);
        return Double.parseDouble(most == null || most.isEmpty() ? repetition.group(1) : most);
    }
}
