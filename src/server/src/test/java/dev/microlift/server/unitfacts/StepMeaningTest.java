package dev.microlift.server.unitfacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.SettableClock;
import dev.microlift.server.analysis.PastUnits;
import dev.microlift.server.analysis.PastUnitsForTests;
import dev.microlift.server.eventlog.LoggedMessage;
import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventstore.DuckDbEventStore;
import dev.microlift.server.eventstore.StoreForTests;
import dev.microlift.server.journey.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step means the same to whoever follows the log as to whoever asks the store in SQL, on random events. */
class StepMeaningTest {

    private static final String[] PATHS = {"p", "q", "o.p", "o.a~b/c", "l.0", "l.1.p", "l.01", "ü.☕"};
    private static final String[] SCALARS = {
        "0",
        "1",
        "2",
        "2.0",
        "-0.0",
        "10",
        "1e3",
        "1000",
        "2.50",
        "2.5",
        "0.1",
        "-7",
        "1e300",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "12345678901234567890123",
        "\"\"",
        "\"2\"",
        "\"a\"",
        "\"ab\"",
        "\"hello\"",
        "\"b\"",
        "\"/p/1\"",
        "\"a12b\"",
        "\"x\\ny\"",
        "\"\\\"q\\\\\"",
        "\"é\"",
        "\"z\\u0301\"",
        "\"☕\"",
        "\"\uFFFD\"",
        "\"\uD83D\uDE00\"",
        "\"true\"",
        "\"null\"",
        "true",
        "false"
    };
    private static final String[] EXPRESSIONS = {
        "^a[0-9]+",
        "l+",
        ".",
        "^$",
        "x.y",
        "(?i)HELLO",
        "\\\\bab\\\\b",
        "[^a-z]",
        "\\\\p{L}",
        "é|☕",
        "(?s)x.y",
        "y$",
        "^y"
    };

    @TempDir
    Path directory;

    private final Random random = new Random(20_261_122);

    @Test
    void javaAndSqlAgreeOnEveryStep() {
        MemoryEventLog log = new MemoryEventLog();
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            messages.add(Deeds.event("unit-" + random.nextInt(200), random.nextInt(4) == 0 ? "F" : "E", document()));
        }
        log.append(messages);
        try (DuckDbEventStore store =
                StoreForTests.open(directory, log, new SettableClock(Deeds.RECEIVED.plusSeconds(3600)))) {
            PastUnits past = PastUnitsForTests.of(store);
            int met = 0;
            for (int i = 0; i < 300; i++) {
                String json = step();
                Step step = Deeds.step(json);
                Map<String, Double> inJava = inJava(step, messages);
                assertThat(inJava).as(json).isEqualTo(inSql(step, past, log.lastPosition()));
                met += inJava.isEmpty() ? 0 : 1;
            }
            assertThat(met).as("steps that somebody did").isGreaterThan(100);
        }
    }

    private static Map<String, Double> inJava(Step step, List<Message> messages) {
        Map<String, Double> amounts = new TreeMap<>();
        Watch watch = new Watch(List.of(new Fact.Did("user", step)));
        messages.forEach(message ->
                watch.read(LoggedMessage.of(message), gain -> amounts.merge(gain.unit(), gain.amount(), Double::sum)));
        return amounts;
    }

    private static Map<String, Double> inSql(Step step, PastUnits past, long through) {
        Map<String, Double> amounts = new TreeMap<>();
        past.eachThatDid("user", step, through, (unit, amount, peak) -> amounts.put(unit, amount));
        return amounts;
    }

    private String step() {
        String atLeast = random.nextInt(3) == 0 ? ", \"atLeast\": {\"sum\": \"n\", \"value\": 5}" : "";
        if (random.nextInt(4) == 0) {
            return "\"anyOf\": [" + match() + ", " + match() + "]" + atLeast;
        }
        String match = match();
        return match.substring(1, match.length() - 1) + atLeast;
    }

    private String match() {
        StringBuilder where = new StringBuilder(condition());
        while (random.nextInt(5) == 0) {
            where.append(", ").append(condition());
        }
        return "{\"event\": \"" + one("E", "E", "F") + "\", \"where\": [" + where + "]}";
    }

    private String condition() {
        String op = one(
                "eq",
                "neq",
                "in",
                "nin",
                "gt",
                "gte",
                "lt",
                "lte",
                "exists",
                "contains",
                "startsWith",
                "endsWith",
                "matches");
        return "{\"property\": \"" + one(PATHS) + "\", \"op\": \"" + op + "\", \"value\": " + operand(op) + "}";
    }

    private String operand(String op) {
        return switch (op) {
            case "in", "nin" -> "[" + one(SCALARS) + ", " + one(SCALARS) + "]";
            case "exists" -> one("true", "false");
            case "matches" -> "\"" + one(EXPRESSIONS) + "\"";
            case "startsWith", "endsWith" -> text();
            case "gt", "gte", "lt", "lte" -> random.nextBoolean() ? text() : one("1", "2.5", "-0.0", "1e3", "1e300");
            default -> one(SCALARS);
        };
    }

    private String text() {
        String scalar = one(SCALARS);
        return scalar.startsWith("\"") ? scalar : "\"\"";
    }

    private String document() {
        StringBuilder document = new StringBuilder("{\"n\": " + one("1", "2", "-1", "0.5", "\"3\"", "null"));
        if (random.nextInt(8) > 0) {
            document.append(", \"p\": ").append(value());
        }
        if (random.nextBoolean()) {
            document.append(", \"q\": ").append(value());
        }
        document.append(", \"o\": {\"p\": ")
                .append(value())
                .append(", \"a~b/c\": ")
                .append(value());
        document.append("}, \"l\": [").append(value()).append(", {\"p\": ").append(value());
        return document.append("}], \"ü\": {\"☕\": ")
                .append(value())
                .append("}}")
                .toString();
    }

    private String value() {
        return switch (random.nextInt(8)) {
            case 0 -> "[" + one(SCALARS) + ", " + one(SCALARS) + ", [" + one(SCALARS) + "]]";
            case 1 -> "null";
            case 2 -> "{\"p\": " + one(SCALARS) + "}";
            default -> one(SCALARS);
        };
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
