package dev.microlift.assignment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Numbers to text and back by JavaScript's rules, so that casts agree with the SDKs written in it. */
final class NumberText {

    private static final double LARGEST_EXACT_INTEGER = 1L << 53;
    /** From this power of ten on JavaScript writes an exponent. */
    private static final int LARGEST_PLAIN_EXPONENT = 20;

    private static final int SMALLEST_PLAIN_EXPONENT = -6;
    /** Every decimal text of so many digits survives the way to a normal double and back. */
    private static final int ALWAYS_EXACT_DIGITS = 15;

    /** Every double survives the way to a decimal text of so many digits and back. */
    private static final int ENOUGH_DIGITS = 17;

    private NumberText() {}

    /** The shortest decimal text that reads back as the same double. */
    static String of(Number number) {
        double value = number.doubleValue();
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT_INTEGER) {
            return Long.toString((long) value);
        }
        return formatted(shortest(value));
    }

    /** The number a text stands for: decimal, hexadecimal, octal or binary; blank is 0, anything else is no number. */
    static double parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return 0;
        }
        int radix = trimmed.length() > 2 && trimmed.charAt(0) == '0' ? radix(trimmed.charAt(1)) : 10;
        if (radix != 10) {
            return integer(trimmed.substring(2), radix);
        }
        if (isDecimal(trimmed)) {
            return Double.parseDouble(trimmed);
        }
        return switch (trimmed) {
            case "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    private static int radix(char mark) {
        return switch (mark) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    private static double integer(String digits, int radix) {
        // No exact integer beyond a double's range is longer than this.
        if (digits.length() > 1100) {
            return Double.NaN;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), radix) < 0) {
                return Double.NaN;
            }
        }
        return new BigInteger(digits, radix).doubleValue();
    }

    /** Above a power of two doubles lie wider, so that there the shortest text may be the one rounded up. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        int fewest = Math.abs(value) < Double.MIN_NORMAL ? 1 : ALWAYS_EXACT_DIGITS;
        for (int digits = fewest; digits < ENOUGH_DIGITS; digits++) {
            for (RoundingMode rounding : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP)) {
                BigDecimal rounded = exact.round(new MathContext(digits, rounding));
                if (rounded.doubleValue() == value) {
                    return rounded.stripTrailingZeros();
                }
            }
        }
        return exact.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    }

    private static String formatted(BigDecimal number) {
        int exponent = number.precision() - number.scale() - 1;
        if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent <= LARGEST_PLAIN_EXPONENT) {
            return number.toPlainString();
        }
        String digits = number.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String sign = number.signum() < 0 ? "-" : "";
        return sign + digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }

    /** Digits with at most one point and an optional exponent; Java's own parser accepts more than JavaScript's. */
    private static boolean isDecimal(String text) {
        int at = skipSign(text, 0);
        int whole = skipDigits(text, at);
        int digits = whole - at;
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = skipDigits(text, at + 1);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int from = skipSign(text, at + 1);
            int end = skipDigits(text, from);
            return end > from && end == text.length();
        }
        return at == text.length();
    }

    private static int skipSign(String text, int from) {
        boolean sign = from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-');
        return sign ? from + 1 : from;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
