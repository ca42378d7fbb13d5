package dev.microlift.server.analysis;

import dev.microlift.server.document.Documents;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The analysis of an experiment once more, written as naively as possible: lists and loops, unit by unit, no database.
 * Conditions on properties are not its subject.
 */
final class ReferenceAnalysis {

    /** Contexts that say where a unit came from; any other one says nothing. */
    static final String SEARCHED = "{\"page\": {\"referrer\": \"https://www.google.com/search\"}}";

    static final String PAID = "{\"campaign\": {\"source\": \"google\", \"medium\": \"cpc\"}}";

    private static final Map<String, String> CHANNELS = Map.of(SEARCHED, "organic search", PAID, "paid search");

    private static final long FOREVER = Long.MAX_VALUE;

    private final Question question;
    private final Scope.OfExperiment experiment;
    private final List<Message> known;
    private final Map<String, String> links = new TreeMap<>();

    final Map<String, Unit> units = new TreeMap<>();
    long unexposed;
    long unexposedGoals;

    /** What became of one exposed unit. */
    static final class Unit {
        String fate = "";
        int variant;
        long t0;
        long closes;

        @Nullable
        String segment;

        long[] first = {};
        long[] events = {};
        double[] sums = {};
        boolean[] past = {};
        double[] pastSums = {};
        int strict;
        int furthest;
        long late;
        long clamped;
        long byBots;
        long refunds;
        long counted;

        boolean did(int step) {
            return first[step] != FOREVER;
        }
    }

    ReferenceAnalysis(List<Message> messages, Question question) {
        this.question = question;
        this.experiment = (Scope.OfExperiment) question.scope();
        long asOf = millis(question.period().asOf());
        known = messages.stream()
                .filter(message -> message.time().toEpochMilli() < asOf)
                .sorted(Comparator.comparing(Message::time).thenComparing(Message::messageId))
                .toList();
        // Links are configuration: they hold whenever they were told.
        messages.stream()
                .filter(message -> message.kind() == Kind.IDENTIFY && !message.bot())
                .filter(message -> message.userId() != null && message.anonymousId() != null)
                .sorted(Comparator.comparing(Message::time).thenComparing(Message::messageId))
                .forEach(message -> links.putIfAbsent(
                        Objects.requireNonNull(message.anonymousId()), Objects.requireNonNull(message.userId())));
        Map<String, List<Message>> byUnit = new TreeMap<>();
        for (Message message : known) {
            unit(message)
                    .ifPresent(id -> byUnit.computeIfAbsent(id, absent -> new ArrayList<>())
                            .add(message));
        }
        byUnit.forEach(this::follow);
    }

    private static long millis(@Nullable Instant time) {
        return time == null ? FOREVER : time.toEpochMilli();
    }

    private Optional<String> unit(Message message) {
        return Optional.ofNullable(
                switch (question.unitType()) {
                    case "user" ->
                        message.userId() != null || message.anonymousId() == null
                                ? message.userId()
                                : links.get(message.anonymousId());
                    case "anonymous" -> message.anonymousId();
                    default -> message.units().get(question.unitType());
                });
    }

    private boolean isExposure(Message message) {
        Exposure exposure = message.exposure();
        return exposure != null
                && exposure.experiment().equals(experiment.key())
                && experiment.variants().contains(exposure.variant())
                && message.time().toEpochMilli() < millis(question.followUp().end());
    }

    private int variant(Message message) {
        return experiment
                .variants()
                .indexOf(Objects.requireNonNull(message.exposure()).variant());
    }

    private void follow(String id, List<Message> own) {
        List<Message> all = own.stream().filter(this::isExposure).toList();
        List<Message> exposures = all.stream().filter(message -> !message.bot()).toList();
        if (all.isEmpty()) {
            countUnexposed(own);
            return;
        }
        Unit unit = new Unit();
        Message start = exposures.isEmpty() ? all.get(0) : exposures.get(0);
        unit.t0 = start.time().toEpochMilli();
        Period period = question.period();
        if (unit.t0 < (period.from() == null ? Long.MIN_VALUE : period.from().toEpochMilli())
                || unit.t0 >= millis(period.to())) {
            return;
        }
        unit.closes = question.followUp().window() == null
                ? millis(question.followUp().end())
                : Math.min(
                        unit.t0 + question.followUp().window().toMillis(),
                        millis(question.followUp().end()));
        unit.variant = variant(start);
        unit.fate = exposures.isEmpty()
                ? "bot"
                : experiment.overridden().contains(id)
                        ? "overridden"
                        : exposures.stream().map(this::variant).distinct().count() > 1 ? "crossover" : "compared";
        unit.segment = question.detail().segments().equals(List.of(Detail.CHANNEL))
                ? channel(start, own)
                : Documents.parse(start.properties()).path("device").isMissingNode()
                        ? null
                        : Documents.parse(start.properties()).get("device").asText();
        units.put(id, unit);
        if (unit.fate.equals("compared")) {
            count(unit, own);
        }
    }

    /** Of the exposure, else of the last page up to it that says one, else of the first page after it. */
    private static String channel(Message start, List<Message> own) {
        if (CHANNELS.containsKey(start.context())) {
            return CHANNELS.get(start.context());
        }
        List<Message> pages = own.stream()
                .filter(message -> message.kind() == Kind.PAGE && !message.bot())
                .filter(message -> CHANNELS.containsKey(message.context()))
                .toList();
        Optional<Instant> nearest = pages.stream()
                .map(Message::time)
                .filter(time -> !time.isAfter(start.time()))
                .max(Comparator.naturalOrder())
                .or(() -> pages.stream()
                        .map(Message::time)
                        .filter(time -> time.isBefore(start.time().plusSeconds(1800)))
                        .min(Comparator.naturalOrder()));
        // Of several at one instant the one whose origin comes first: an absent source is before any other.
        return nearest.map(time -> pages.stream()
                        .filter(page -> page.time().equals(time))
                        .map(page -> CHANNELS.get(page.context()))
                        .min(Comparator.naturalOrder())
                        .orElseThrow())
                .orElse(ChannelRules.DIRECT);
    }

    private void countUnexposed(List<Message> own) {
        Instant started = question.followUp().started();
        if (started == null) {
            return;
        }
        long end = millis(question.followUp().end());
        List<Message> since = own.stream()
                .filter(message -> !message.bot() && !message.time().isBefore(started))
                .filter(message -> message.time().toEpochMilli() < end)
                .filter(message -> question.steps().stream().anyMatch(step -> makes(step, message)))
                .toList();
        Step goal = question.steps().get(question.goal());
        unexposed += since.isEmpty() ? 0 : 1;
        unexposedGoals += since.stream().filter(message -> makes(goal, message)).count()
                        >= ((Threshold.Count) goal.atLeast()).events()
                ? 1
                : 0;
    }

    private static boolean makes(Step step, Message message) {
        return step.anyOf().stream().anyMatch(match -> match.event().equals(message.event()));
    }

    private static double number(Message message, String property) {
        return Documents.parse(message.properties()).path(property).asDouble(0);
    }

    private boolean isRefund(Message message) {
        return question.detail().guardrails().stream()
                .anyMatch(metric -> metric.match().event().equals(message.event()));
    }

    private void count(Unit unit, List<Message> own) {
        int steps = question.steps().size();
        List<Message> inWindow = own.stream()
                .filter(message -> message.time().toEpochMilli() >= unit.t0
                        && message.time().toEpochMilli() < unit.closes)
                .filter(message ->
                        isRefund(message) || question.steps().stream().anyMatch(step -> makes(step, message)))
                .toList();
        unit.byBots = inWindow.stream().filter(Message::bot).count();
        List<Message> human =
                inWindow.stream().filter(message -> !message.bot()).toList();
        unit.late = human.stream().filter(Message::late).count();
        unit.clamped = human.stream().filter(Message::clamped).count();
        unit.counted = human.size();
        unit.refunds = human.stream().filter(this::isRefund).count();
        unit.first = new long[steps];
        unit.events = new long[steps];
        unit.sums = new double[steps];
        unit.past = new boolean[steps];
        unit.pastSums = new double[steps];
        List<List<Long>> done = new ArrayList<>();
        Integer before = null;
        List<Integer> required = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            Step step = question.steps().get(i);
            List<Message> counted = counted(step, human, before == null ? List.of(unit.t0) : done.get(before));
            List<Long> times = done(step, counted);
            done.add(times);
            unit.first[i] = times.isEmpty() ? FOREVER : times.get(0);
            unit.events[i] = counted.size();
            unit.sums[i] = sum(step, counted);
            List<Message> earlier = earlier(unit, own, step);
            unit.pastSums[i] = sum(step, earlier);
            unit.past[i] = earlier.size() >= (step.atLeast() instanceof Threshold.Count count ? count.events() : 1);
            if (!step.optional()) {
                required.add(i);
                before = i;
            }
        }
        for (int rank = 1; rank <= required.size(); rank++) {
            unit.furthest = unit.did(required.get(rank - 1)) ? rank : unit.furthest;
            unit.strict = chainEnds(unit, required, done, rank).isEmpty() ? unit.strict : rank;
        }
    }

    private List<Message> earlier(Unit unit, List<Message> own, Step step) {
        return question.followUp().preExposure() == null
                ? List.of()
                : own.stream()
                        .filter(message -> !message.bot() && makes(step, message))
                        .filter(message -> message.time().toEpochMilli() < unit.t0
                                && message.time().toEpochMilli()
                                        >= unit.t0
                                                - question.followUp()
                                                        .preExposure()
                                                        .toMillis())
                        .toList();
    }

    /** Events that are in the step's own window after any time at which the step before was done. */
    private static List<Message> counted(Step step, List<Message> human, List<Long> opened) {
        return human.stream()
                .filter(message -> makes(step, message))
                .filter(message -> step.edgeWindow().isEmpty()
                        || opened.stream()
                                .anyMatch(open ->
                                        isInTime(step, open, message.time().toEpochMilli())))
                .toList();
    }

    private static boolean isInTime(Step step, long open, long time) {
        return open <= time
                && step.edgeWindow()
                        .map(window -> time - open < window.toMillis())
                        .orElse(true);
    }

    /** Every time at which the step's threshold was met: at an instant, once all of its events are counted. */
    private static List<Long> done(Step step, List<Message> counted) {
        TreeSet<Long> times = new TreeSet<>();
        for (Message message : counted) {
            List<Message> until = counted.stream()
                    .filter(other -> !other.time().isAfter(message.time()))
                    .toList();
            boolean met = step.atLeast() instanceof Threshold.Sum sum
                    ? until.stream()
                                    .mapToDouble(other -> number(other, sum.property()))
                                    .sum()
                            >= sum.total()
                    : until.size() >= ((Threshold.Count) step.atLeast()).events();
            if (met) {
                times.add(message.time().toEpochMilli());
            }
        }
        return List.copyOf(times);
    }

    /** Every time at which a chain of the first required steps, in their order and each in time, is complete. */
    private List<Long> chainEnds(Unit unit, List<Integer> required, List<List<Long>> done, int length) {
        List<Long> opened = length == 1 ? List.of(unit.t0) : chainEnds(unit, required, done, length - 1);
        int step = required.get(length - 1);
        return done.get(step).stream()
                .filter(time -> opened.stream()
                        .anyMatch(open -> isInTime(question.steps().get(step), open, time)))
                .toList();
    }

    private static double sum(Step step, List<Message> messages) {
        return step.valueProperty()
                .map(property -> messages.stream()
                        .mapToDouble(message -> number(message, property))
                        .sorted()
                        .sum())
                .orElse(0.0);
    }

    List<Unit> compared(int variant) {
        return units.values().stream()
                .filter(unit -> unit.fate.equals("compared") && unit.variant == variant)
                .toList();
    }

    boolean isMatured(Unit unit) {
        if (question.followUp().window() == null) {
            return true;
        }
        long wholeWindow = unit.t0 + question.followUp().window().toMillis();
        return wholeWindow <= millis(question.followUp().end())
                && wholeWindow <= millis(question.period().asOf())
                && wholeWindow <= question.period().now().toEpochMilli();
    }

    List<Unit> population(int variant) {
        return compared(variant).stream()
                .filter(unit -> question.population() == Population.ALL || isMatured(unit))
                .toList();
    }

    long fates(String fate) {
        return units.values().stream().filter(unit -> unit.fate.equals(fate)).count();
    }
}
