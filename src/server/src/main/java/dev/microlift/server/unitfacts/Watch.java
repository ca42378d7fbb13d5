package dev.microlift.server.unitfacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.eventlog.LoggedMessage;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.journey.EventMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The facts that are wanted, by what messages they follow from. */
final class Watch {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<FactId, Fact> facts = new HashMap<>();
    private final Map<String, List<WatchedStep>> steps = new HashMap<>();
    private final Map<Sight, List<WatchedSight>> sights = new HashMap<>();

    private record WatchedStep(FactId id, String unitType, double total, StepTest test) {}

    private record Sight(String experiment, String variant) {}

    private record WatchedSight(FactId id, Fact.Saw fact) {}

    /** What a message adds to a fact about a unit. */
    record Gain(FactId fact, String unit, double amount, double total) {}

    Watch(Collection<? extends Fact> wanted) {
        for (Fact fact : wanted) {
            FactId id = fact.id();
            if (facts.putIfAbsent(id, fact) == null) {
                add(id, fact);
            }
        }
    }

    private void add(FactId id, Fact fact) {
        if (fact instanceof Fact.Did did) {
            WatchedStep watched = new WatchedStep(id, did.unitType(), did.total(), new StepTest(did.step()));
            Set<String> names = new HashSet<>();
            for (EventMatch match : did.step().anyOf()) {
                if (names.add(match.event())) {
                    steps.computeIfAbsent(match.event(), name -> new ArrayList<>())
                            .add(watched);
                }
            }
        } else if (fact instanceof Fact.Saw saw) {
            sights.computeIfAbsent(new Sight(saw.experiment(), saw.variant()), sight -> new ArrayList<>())
                    .add(new WatchedSight(id, saw));
        }
    }

    Map<FactId, Fact> facts() {
        return facts;
    }

    boolean isEmpty() {
        return facts.isEmpty();
    }

    /** Tells what follows from a message; most are told by their name to say nothing. */
    void read(LoggedMessage logged, Consumer<Gain> gains) {
        if (!logged.bot() && (steps.containsKey(new String(logged.event(), UTF_8)) || logged.experiment() != null)) {
            read(logged.decoded(), gains);
        }
    }

    private void read(Message message, Consumer<Gain> gains) {
        List<WatchedStep> made = steps.get(message.event());
        if (made != null) {
            JsonNode properties = properties(message);
            made.forEach(step -> read(message, properties, step, gains));
        }
        if (message.exposure() != null) {
            sights.getOrDefault(
                            new Sight(
                                    message.exposure().experiment(),
                                    message.exposure().variant()),
                            List.of())
                    .forEach(sight -> read(message, sight, gains));
        }
    }

    private static void read(Message message, JsonNode properties, WatchedStep step, Consumer<Gain> gains) {
        String unit = unit(message, step.unitType());
        if (unit != null) {
            step.test()
                    .amount(message.event(), properties)
                    .ifPresent(amount -> gains.accept(new Gain(step.id(), unit, amount, step.total())));
        }
    }

    private static void read(Message message, WatchedSight sight, Consumer<Gain> gains) {
        boolean counts =
                message.receivedAt().toEpochMilli() >= sight.fact().since().toEpochMilli();
        Optional.ofNullable(unit(message, sight.fact().unitType()))
                .filter(unit -> counts)
                .ifPresent(unit -> gains.accept(new Gain(sight.id(), unit, 1, 1)));
    }

    /** The id that the message itself carries: an id that it is linked to is another unit. */
    private static @Nullable String unit(Message message, String unitType) {
        return switch (unitType) {
            case "user" -> message.userId();
            case "anonymous" -> message.anonymousId();
            default -> message.units().get(unitType);
        };
    }

    private static JsonNode properties(Message message) {
        try {
            return JSON.readTree(message.properties());
        } catch (JsonProcessingException impossible) {
            // Ingest stores nothing else; and one message must not end the following of the log.
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
