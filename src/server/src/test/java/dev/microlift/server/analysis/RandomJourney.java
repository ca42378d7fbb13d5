package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.at;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.StepRole;
import dev.microlift.server.journey.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A random question and random events that it meets in every corner: few units, few instants, everything at once. */
final class RandomJourney {

    private static final List<String> NAMES = List.of("A", "B", "C", "D", "E");

    private final Random random;
    private int messages;

    RandomJourney(long seed) {
        random = new Random(seed);
    }

    Question question() {
        List<Step> steps = new ArrayList<>();
        int micro = random.nextInt(4);
        for (int i = 0; i < micro; i++) {
            steps.add(step(i, random.nextInt(4) == 0, StepRole.MICRO, threshold(true)));
        }
        steps.add(step(micro, false, StepRole.MACRO, threshold(false)));
        Duration window = random.nextBoolean() ? Duration.ofMillis(1 + random.nextInt(30)) : null;
        return new Question(
                new Scope.OfExperiment(
                        "exp", List.of("c", "t", "u").subList(0, 2 + random.nextInt(2)), overridden(), null, null),
                List.of("user", "user", "anonymous", "account").get(random.nextInt(4)),
                steps,
                new FollowUp(
                        window,
                        random.nextBoolean() ? Duration.ofMillis(random.nextInt(20)) : null,
                        random.nextBoolean() ? at(random.nextInt(40)) : null,
                        sometimes(4, 60)),
                new Period(sometimes(5, 30), sometimes(5, 60), sometimes(3, 60), at(random.nextInt(80))),
                random.nextBoolean() ? Population.ALL : Population.MATURED,
                new Detail(
                        List.of(List.<String>of(), List.of("device"), List.of("channel"))
                                .get(random.nextInt(3)),
                        random.nextBoolean()
                                ? List.of(new GuardrailMetric(
                                        "refunds", new EventMatch("E", List.of()), GuardrailMetric.Kind.COUNT, null))
                                : List.of(),
                        null,
                        null,
                        false));
    }

    private Set<String> overridden() {
        return random.nextInt(4) == 0 ? Set.of("1", "2") : Set.of();
    }

    private @Nullable Instant sometimes(int oneIn, int atMost) {
        return random.nextInt(oneIn) == 0 ? at(random.nextInt(atMost)) : null;
    }

    private Threshold threshold(boolean sums) {
        return switch (random.nextInt(sums ? 6 : 5)) {
            case 0 -> new Threshold.Count(2 + random.nextInt(2));
            case 1 -> new Threshold.Count(1);
            case 5 -> new Threshold.Sum("number", 3);
            default -> Threshold.ONE_EVENT;
        };
    }

    private Step step(int number, boolean optional, StepRole role, Threshold threshold) {
        List<EventMatch> matches = new ArrayList<>();
        matches.add(new EventMatch(NAMES.get(random.nextInt(4)), List.of()));
        if (random.nextInt(4) == 0) {
            matches.add(new EventMatch(NAMES.get(random.nextInt(4)), List.of()));
        }
        return new Step(
                "s" + number,
                "s" + number,
                role,
                matches,
                threshold,
                optional,
                random.nextInt(4) == 0 ? Duration.ofMillis(1 + random.nextInt(12)) : null,
                random.nextInt(3) == 0 ? "number" : null);
    }

    List<Message> messages() {
        List<Message> all = new ArrayList<>();
        IntStream.range(0, 20 + random.nextInt(120)).forEach(i -> all.add(message()));
        Collections.shuffle(all, random);
        return all;
    }

    private Message message() {
        String unit = Integer.toString(random.nextInt(12));
        int what = random.nextInt(11);
        return what == 10
                ? event(Kind.PAGE, "page", null, unit)
                : what < 3
                        ? exposure(unit)
                        : what == 3
                                ? event(Kind.IDENTIFY, "identify", null, unit)
                                : event(Kind.TRACK, name(), null, unit);
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Message exposure(String unit) {
        // Most units keep to one variant.
        String variant = random.nextInt(12) == 0
                ? List.of("c", "t", "u", "purple").get(random.nextInt(4))
                : List.of("c", "t").get(Integer.parseInt(unit) % 2);
        String experiment = random.nextInt(15) == 0 ? "other" : "exp";
        return event(Kind.TRACK, Exposure.EVENT, new Exposure(experiment, variant), unit);
    }

    private String origin() {
        return List.of(
                        "{\"page\": {\"url\": \"https://shop.example/a\", \"referrer\": \"https://shop.example/b\"}}",
                        ReferenceAnalysis.SEARCHED,
                        ReferenceAnalysis.PAID)
                .get(random.nextInt(3));
    }

    private Message event(Kind kind, String name, @Nullable Exposure exposure, String unit) {
        boolean linked = kind == Kind.IDENTIFY;
        boolean anonymousOnly = !linked && random.nextInt(4) == 0;
        String anonymous = "a" + (linked ? random.nextInt(12) : Integer.parseInt(unit));
        String device = List.of("{}", "{\"device\": \"phone\"}", "{\"device\": \"desk\"}")
                .get(random.nextInt(3));
        return new Message(
                "m" + String.format("%05d", random.nextInt(90_000)) + messages++,
                kind,
                name,
                anonymousOnly ? null : unit,
                linked || anonymousOnly || random.nextInt(3) == 0 ? anonymous : null,
                random.nextInt(3) == 0 ? Map.of() : Map.of("account", unit),
                at(random.nextInt(60)),
                at(Duration.ofDays(1).toMillis()),
                exposure == null ? "{\"number\": " + random.nextInt(12) / 4.0 + "}" : device,
                kind == Kind.PAGE || exposure != null && random.nextInt(6) == 0 ? origin() : "{}",
                random.nextInt(9) == 0,
                random.nextInt(12) == 0,
                random.nextInt(8) == 0,
                0,
                exposure);
    }
}
