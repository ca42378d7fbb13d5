package dev.microlift.server.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Fields;
import dev.microlift.server.journey.JourneyVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads what a plan is asked for, naming every fault. */
final class PlanReader {

    private static final int MAX_ARMS = 50;
    private static final long MAX_DAYS = 3650;
    private static final double MAX_LIFT = 1000;
    private static final double LARGEST = 1e300;

    private static final Duration USUAL_WINDOW = Duration.ofDays(7);

    private final Function<String, Optional<JourneyVersion>> journeys;
    private final RecentBaselines recentBaselines;

    /** @param journeys finds a journey by its key */
    PlanReader(Function<String, Optional<JourneyVersion>> journeys, RecentBaselines recentBaselines) {
        this.journeys = journeys;
        this.recentBaselines = recentBaselines;
    }

    /** The request, if nothing is wrong with the document. */
    Optional<PlanRequest> read(JsonNode document, Faults faults) {
        return Fields.read(document, "", faults, this::request);
    }

    private Optional<PlanRequest> request(Fields fields) {
        Optional<JourneyVersion> journey = journey(fields);
        Optional<Duration> window = fields.duration("window", Duration.ofDays(MAX_DAYS));
        Optional<RecentTraffic> recent = recent(fields, journey, window.orElse(USUAL_WINDOW));
        List<Baseline> baselines = recent.map(RecentTraffic::baselines)
                .orElseGet(() -> BaselinesReader.read(
                        fields, journey.map(JourneyVersion::journey).orElse(null)));
        double lift = lift(fields);
        double alpha = number(fields, "alpha", 1e-6, 0.5).orElse(0.05);
        double power = number(fields, "power", 0.5, 0.9999).orElse(0.8);
        Monitoring method = fields.choice("method", Monitoring.class).orElse(Monitoring.HYBRID);
        List<Double> allocation = allocation(fields);
        double traffic = number(fields, "traffic", 0.0001, 1).orElse(1);
        double dailyUnits = recent.isPresent() && !fields.has("dailyUnits")
                ? recent.get().dailyUnits()
                : required(fields, "dailyUnits", 0.001, 1e12);
        long maturityDays = recent.isPresent() && !fields.has("maturityDays") && !fields.has("window")
                ? USUAL_WINDOW.toDays()
                : maturityDays(fields, window);
        OptionalLong days = fields.whole("days", 1, MAX_DAYS);
        if (fields.isFaulty() || journey.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PlanRequest(
                journey.get(),
                baselines,
                lift,
                alpha,
                power,
                method,
                allocation,
                traffic,
                dailyUnits,
                maturityDays,
                days.isPresent() ? days.getAsLong() : null,
                recent.orElse(null)));
    }

    /** Whoever gives no baselines gets those of the journey's own traffic. */
    private Optional<RecentTraffic> recent(Fields fields, Optional<JourneyVersion> journey, Duration window) {
        if (fields.has("baselines") || journey.isEmpty()) {
            return Optional.empty();
        }
        return fields.isFaulty()
                ? Optional.empty()
                : recentBaselines.of(journey.get().journey(), window);
    }

    private Optional<JourneyVersion> journey(Fields fields) {
        String key = fields.key("journey");
        if (fields.isFaulty()) {
            return Optional.empty();
        }
        Optional<JourneyVersion> found = journeys.apply(key);
        if (found.isEmpty()) {
            fields.fault("journey", "unknown-journey", "there is no journey with this key");
        }
        return found;
    }

    private static double lift(Fields fields) {
        double lift = required(fields, "lift", -1, MAX_LIFT);
        if (lift == 0 || lift == -1) {
            fields.fault("lift", "out-of-range", "a relative effect above -1 and other than 0 is expected");
        }
        return lift;
    }

    private static List<Double> allocation(Fields fields) {
        boolean named = fields.has("allocation");
        String name = named ? "allocation" : "variants";
        if (named && fields.has("variants")) {
            fields.fault("variants", "contradiction", "either variants or allocation gives the weights");
        }
        if (!fields.has(name)) {
            return List.of(1.0, 1.0);
        }
        List<Double> weights = fields.numbers(name, 2, MAX_ARMS);
        for (int i = 0; i < weights.size(); i++) {
            if (!(weights.get(i) > 0 && weights.get(i) < LARGEST)) {
                fields.fault(name, i, "out-of-range", "a number above 0 is expected");
            }
        }
        return weights;
    }

    private static long maturityDays(Fields fields, Optional<Duration> window) {
        OptionalLong days = fields.whole("maturityDays", 0, MAX_DAYS);
        if (fields.has("maturityDays") && fields.has("window")) {
            fields.fault("window", "contradiction", "either maturityDays or window says when a unit has matured");
        }
        return window.map(PlanReader::daysRoundedUp).orElse(days.orElse(0));
    }

    private static long daysRoundedUp(Duration window) {
        long days = window.toDays();
        return window.equals(Duration.ofDays(days)) ? days : days + 1;
    }

    private static double required(Fields fields, String name, double min, double max) {
        if (!fields.has(name)) {
            fields.fault(name, "required", "the field is required");
        }
        return number(fields, name, min, max).orElse(min);
    }

    private static OptionalDouble number(Fields fields, String name, double min, double max) {
        OptionalDouble number = fields.number(name);
        if (number.isPresent() && !(number.getAsDouble() >= min && number.getAsDouble() <= max)) {
            fields.fault(name, "out-of-range", "a number from " + min + " to " + max + " is expected");
        }
        return number;
    }
}
