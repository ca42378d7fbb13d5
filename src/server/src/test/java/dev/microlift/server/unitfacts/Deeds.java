package dev.microlift.server.unitfacts;

import dev.microlift.server.document.Documents;
import dev.microlift.server.document.Faults;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.journey.JourneyReader;
import dev.microlift.server.journey.Step;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Messages and steps to remember. */
final class Deeds {

    static final Instant RECEIVED = Instant.parse("2026-03-01T00:00:00Z");

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private Deeds() {}

    static Message event(String user, String name, String properties) {
        return message(user, null, name, properties, RECEIVED, false, null);
    }

    static Message anonymous(String anonymousId, String name) {
        return message(null, anonymousId, name, "{}", RECEIVED, false, null);
    }

    static Message byRobot(String user, String name) {
        return message(user, null, name, "{}", RECEIVED, true, null);
    }

    static Message exposure(String user, String experiment, String variant, Instant received) {
        return message(user, null, Exposure.EVENT, "{}", received, false, new Exposure(experiment, variant));
    }

    private static Message message(
            @Nullable String user,
            @Nullable String anonymousId,
            String name,
            String properties,
            Instant received,
            boolean bot,
            @Nullable Exposure exposure) {
        int number = COUNTER.incrementAndGet();
        return new Message(
                "m" + number,
                Kind.TRACK,
                name,
                user,
                anonymousId,
                user == null ? Map.of() : Map.of("account", "account of " + user),
                received.plusMillis(number),
                received,
                properties,
                "{}",
                false,
                false,
                bot,
                0,
                exposure);
    }

    /** The goal of a journey, from its JSON without the key. */
    static Step step(String json) {
        Faults faults = new Faults();
        return JourneyReader.read(Documents.parse("{\"key\": \"j\", \"goal\": {\"key\": \"g\", " + json + "}}"), faults)
                .orElseThrow(() -> new AssertionError(faults.all().toString()))
                .goal();
    }
}
