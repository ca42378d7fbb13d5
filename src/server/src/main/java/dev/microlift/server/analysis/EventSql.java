package dev.microlift.server.analysis;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says in SQL what is read of an event: which steps it makes, for which guardrails it counts, and the numbers that are
 * summed. An event is known by the number of its name; where that does not decide, its conditions are asked too.
 */
final class EventSql {

    private final Definition definition;
    private final List<Step> steps;
    private final List<String> names;

    EventSql(Definition definition) {
        this.definition = definition;
        this.steps = definition.steps();
        this.names = definition.names();
    }

    /** The names as a list; constants, because the database looks such a list up once for each name and not for each row. */
    Sql nameList() {
        return Sql.list(names).within("[", "]");
    }

    /** The names, separated by commas. */
    Sql names() {
        return Sql.list(names);
    }

    /** How many names there are. */
    int nameCount() {
        return names.size();
    }

    /** Whether an event makes a step or counts for a guardrail, where its name alone does not decide. */
    Sql conditions() {
        List<Sql> columns = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (isConditional(steps.get(i).anyOf())) {
                columns.add(StepSql.makes(steps.get(i)).within(", ", " as makes_" + i));
            }
        }
        for (int g = 0; g < definition.guardrails().size(); g++) {
            List<EventMatch> match = List.of(definition.guardrails().get(g).match());
            if (isConditional(match)) {
                columns.add(StepSql.makes(match).within(", ", " as hits_" + g));
            }
        }
        return Sql.join("\n    ", columns);
    }

    /** What the pass over all events is told of each: also whether it came late, from the future or from a robot. */
    Sql doneColumns() {
        return conditions().within(", e.late, e.clamped, e.bot ", "");
    }

    /** Conditions, with the numbers that are summed. */
    Sql amountColumns() {
        List<Sql> columns = new ArrayList<>(List.of(conditions()));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).valueProperty().isPresent()) {
                columns.add(ofItsNames(
                                steps.get(i).anyOf(), StepSql.value(steps.get(i).valueProperty()))
                        .within(", ", " as value_" + i));
            }
        }
        for (int g = 0; g < definition.guardrails().size(); g++) {
            GuardrailMetric metric = definition.guardrails().get(g);
            if (metric.summed().isPresent()) {
                columns.add(ofItsNames(List.of(metric.match()), StepSql.value(metric.summed()))
                        .within(", ", " as amount_" + g));
            }
        }
        return Sql.join("\n    ", columns);
    }

    /** The same where units are followed event by event: what each adds to thresholds and values. */
    Sql orderedColumns() {
        List<Sql> columns = new ArrayList<>(List.of(amountColumns()));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).atLeast() instanceof Threshold.Sum) {
                columns.add(ofItsNames(steps.get(i).anyOf(), StepSql.amount(steps.get(i)))
                        .within(", ", " as threshold_" + i));
            }
        }
        return Sql.join("\n    ", columns);
    }

    /** Reads no property of other events. */
    private static Sql ofItsNames(List<EventMatch> matches, Sql number) {
        String own = matches.stream().map(match -> Sql.quoted(match.event())).collect(Collectors.joining(", "));
        return number.within("case when e.name in (" + own + ") then ", " end");
    }

    /** Names of the events whose numbers are summed, separated by commas; empty if there are none. */
    Sql summedNames() {
        return Sql.list(Stream.concat(
                        steps.stream()
                                .filter(step -> step.valueProperty().isPresent())
                                .flatMap(step -> step.anyOf().stream()),
                        definition.guardrails().stream()
                                .filter(metric -> metric.summed().isPresent())
                                .map(GuardrailMetric::match))
                .map(EventMatch::event)
                .distinct()
                .toList());
    }

    /** The mask of steps that an event makes. */
    Sql madeMask() {
        return Sql.of(IntStream.range(0, steps.size())
                .mapToObj(i -> "case when " + makes(i, "name_no") + " then " + (1L << i) + " else 0 end")
                .collect(Collectors.joining(" + ", "(", ")::bigint")));
    }

    /** What an event adds to thresholds, then to values, of those steps that have them. */
    Sql orderedNumbers() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            columns.append(steps.get(i).atLeast() instanceof Threshold.Sum ? ", threshold_" + i : "");
        }
        for (int i = 0; i < steps.size(); i++) {
            columns.append(steps.get(i).valueProperty().isPresent() ? ", value_" + i : "");
        }
        return Sql.of(columns.toString());
    }

    /** Names of the events that rows are derived from and of which also matters what they say. */
    List<String> readNames() {
        return derivedFrom().filter(this::isRead).toList();
    }

    /** Names of the others that rows are derived from. */
    List<String> otherNames() {
        return derivedFrom().filter(name -> !isRead(name)).toList();
    }

    /** Each once. */
    private Stream<String> derivedFrom() {
        return definition.scope() instanceof Scope.OfExperiment
                ? Stream.concat(names.stream(), Stream.of(Exposure.EVENT)).distinct()
                : names.stream();
    }

    private boolean isRead(String name) {
        boolean isFirst = name.equals(Exposure.EVENT) || definition.scope() instanceof Scope.OfTraffic;
        return isFirst && saysAttributes()
                || steps.stream()
                        .filter(step -> isConditional(step.anyOf())
                                || step.valueProperty().isPresent()
                                || step.atLeast() instanceof Threshold.Sum)
                        .flatMap(step -> step.anyOf().stream())
                        .anyMatch(match -> match.event().equals(name))
                || definition.guardrails().stream()
                        .filter(metric -> isConditional(List.of(metric.match()))
                                || metric.summed().isPresent())
                        .anyMatch(metric -> metric.match().event().equals(name));
    }

    /** Whether units have attributes: those of the first exposure or, of traffic, of the first event that makes a step. */
    boolean saysAttributes() {
        return definition.covariate() != null || !definition.segments().isEmpty();
    }

    /** True for events that make any of the steps. */
    Sql anyStep() {
        return Sql.of(anyStep("name_no"));
    }

    /** Where names alone decide, those of steps come before those of guardrails. */
    private String anyStep(String code) {
        if (steps.stream().noneMatch(step -> isConditional(step.anyOf()))) {
            long last = steps.stream()
                    .flatMap(step -> step.anyOf().stream())
                    .map(EventMatch::event)
                    .distinct()
                    .count();
            return "(" + code + " between 1 and " + last + ")";
        }
        return IntStream.range(0, steps.size()).mapToObj(i -> makes(i, code)).collect(Collectors.joining(" or "));
    }

    /** True for events that make the step; the code is the number of an event's name. */
    String makes(int step, String code) {
        return matches(steps.get(step).anyOf(), "makes_" + step, code, "");
    }

    /** True for events that make the step, but before t0. */
    String past(int step) {
        return matches(steps.get(step).anyOf(), "makes_" + step, "code", "-");
    }

    /** True for events in the window that count for the guardrail. */
    String hits(int metric) {
        return matches(List.of(definition.guardrails().get(metric).match()), "hits_" + metric, "code", "");
    }

    /** By the numbers of its names, and its conditions if it has any. */
    private String matches(List<EventMatch> matches, String conditions, String code, String sign) {
        String own = matches.stream()
                .map(match -> names.indexOf(match.event()) + 1)
                .distinct()
                .map(number -> code + " = " + sign + number)
                .collect(Collectors.joining(" or ", "(", ")"));
        return isConditional(matches) ? "(" + own + " and " + conditions + ")" : own;
    }

    private static boolean isConditional(List<EventMatch> matches) {
        return matches.stream().anyMatch(match -> !match.where().isEmpty());
    }

    /** True for events of robots that would make a step or count for a guardrail. */
    String anyByRobots() {
        return any("(code - " + names.size() + ")");
    }

    /** True for events that make a step or count for a guardrail. */
    String any(String code) {
        return IntStream.range(0, definition.guardrails().size())
                .mapToObj(g -> matches(List.of(definition.guardrails().get(g).match()), "hits_" + g, code, ""))
                .collect(Collectors.joining(
                        " or ", anyStep(code) + (definition.guardrails().isEmpty() ? "" : " or "), ""));
    }
}
