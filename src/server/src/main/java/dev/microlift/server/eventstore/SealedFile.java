package dev.microlift.server.eventstore;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Parquet file of messages that were received on one day, among those of a range of the log. A day has several if some
 * of its messages came after it was sealed, because the clock went back.
 *
 * <p>It stands for every message of its day up to its last position: nothing of them is to be looked for elsewhere.
 *
 * @param day of receipt, UTC
 */
record SealedFile(LocalDate day, long firstPosition, long lastPosition) {

    private static final Pattern NAME = Pattern.compile("day=(\\d{4}-\\d{2}-\\d{2})/(\\d{1,18})-(\\d{1,18})\\.parquet");

    /** Its place in the folder of sealed files. */
    String name() {
        return "day=" + day + "/" + firstPosition + "-" + lastPosition + ".parquet";
    }

    Path in(Path folder) {
        return folder.resolve("day=" + day).resolve(firstPosition + "-" + lastPosition + ".parquet");
    }

    /** The rows that it stands for, as a condition. */
    String rows() {
        return receivedOn(day) + " and position <= " + lastPosition;
    }

    /** The rows that were received on a day, as a condition. */
    static String receivedOn(LocalDate day) {
        return "received_ms >= " + start(day) + " and received_ms < " + start(day.plusDays(1));
    }

    private static long start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    /** The file of a name; empty if it is none of ours. */
    static Optional<SealedFile> parse(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SealedFile(
                    LocalDate.parse(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
