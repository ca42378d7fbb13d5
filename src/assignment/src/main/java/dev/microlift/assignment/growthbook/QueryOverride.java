package dev.microlift.assignment.growthbook;

import java.util.OptionalInt;

/** A variation forced in an address: {@code ?experiment=1}. */
final class QueryOverride {

    /** Longer numbers are positions of no variation. */
    private static final int MOST_DIGITS = 9;

    private QueryOverride() {}

    /** The variation that the address's query gives the experiment, if it has so many. */
    static OptionalInt of(String experiment, String url, int variations) {
        int start = url.indexOf('?') + 1;
        if (start == 0) {
            return OptionalInt.empty();
        }
        int second = url.indexOf('?', start);
        String query = url.substring(start, second < 0 ? url.length() : second);
        int anchor = query.indexOf('#');
        for (String pair :
                query.substring(0, anchor < 0 ? query.length() : anchor).split("&")) {
            if (pair.equals(experiment)) {
                return OptionalInt.empty();
            }
            if (pair.startsWith(experiment + "=")) {
                int position = leadingInteger(pair.substring(experiment.length() + 1));
                return position >= 0 && position < variations ? OptionalInt.of(position) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    /** The digits at the start, as JavaScript reads an integer; -1 if there are none or too many. */
    private static int leadingInteger(String text) {
        String digits = text.strip();
        int from = digits.startsWith("+") ? 1 : 0;
        int to = from;
        while (to < digits.length() && digits.charAt(to) >= '0' && digits.charAt(to) <= '9') {
            to++;
        }
        return to == from || to - from > MOST_DIGITS ? -1 : Integer.parseInt(digits, from, to, 10);
    }
}
