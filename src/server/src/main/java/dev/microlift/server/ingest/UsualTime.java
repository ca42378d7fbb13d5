package dev.microlift.server.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Optional;

/**
 * Times in the form that nearly every library writes, {@code 2026-01-31T08:00:00.000Z} with or without the milliseconds. A
 * formatter that knows every form takes longer for one time than everything else in a message.
 */
final class UsualTime {

    private static final String SHORT = "0000-00-00T00:00:00Z";
    private static final String LONG = "0000-00-00T00:00:00.000Z";

    private UsualTime() {}

    /** The moment; empty if the text has another form or there is no such moment. */
    static Optional<Instant> parse(String text) {
        if (!hasForm(text, SHORT) && !hasForm(text, LONG)) {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean isDate = year > 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= Month.of(month).length(Year.isLeap(year));
        if (!isDate || hour > 23 || minute > 59 || second > 59) {
            return Optional.empty();
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L + (hour * 60L + minute) * 60L + second;
        int milliseconds = text.length() == LONG.length() ? number(text, 20, 23) : 0;
        return Optional.of(Instant.ofEpochSecond(seconds, milliseconds * 1_000_000L));
    }

    private static boolean hasForm(String text, String form) {
        if (text.length() != form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            char character = text.charAt(i);
            boolean fits = form.charAt(i) == '0' ? character >= '0' && character <= '9' : character == form.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
