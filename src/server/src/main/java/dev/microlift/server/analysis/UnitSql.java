package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says in SQL what a unit's row is made of: for each step when it was first done, how often, what its value adds up to,
 * and the same of the time before t0.
 */
final class UnitSql {

    /** Numbers beyond this are none: neither they nor their squares could be added up. */
    static final double LARGEST = 1e150;

    /** Up to here the n-th event is found without following the unit event by event. */
    private static final long FEW = 16;

    /** So many milliseconds fit into four bytes. */
    private static final Duration SHORT = Duration.ofDays(24);

    private final Definition definition;
    private final List<Step> steps;
    private final EventSql read;

    UnitSql(Definition definition, EventSql read) {
        this.definition = definition;
        this.steps = definition.steps();
        this.read = read;
    }

    /** What is gathered of each unit in the pass over all events. */
    Sql done() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            String made = read.makes(i, "code");
            columns.append(",\n  ").append(first(steps.get(i), made)).append(" as first_" + i);
            columns.append(", count(*) filter (").append(made).append(") as events_" + i);
            if (looksBack()) {
                columns.append(", ").append(didBefore(i)).append(" as past_" + i);
            }
        }
        for (int g = 0; g < definition.guardrails().size(); g++) {
            columns.append(",\n  count(*) filter (").append(read.hits(g)).append(") as hits_" + g);
        }
        if (!countsOnce()) {
            columns.append(",\n  count(*) filter (code > 0 and (")
                    .append(read.any("code"))
                    .append(")) as counted");
        }
        if (definition.followUp().isOpen()) {
            columns.append(",\n  max(elapsed) filter (code > 0 and (")
                    .append(read.any("code"))
                    .append(")) as last");
        }
        String any = "(" + read.any("code") + ")";
        columns.append(",\n  count(*) filter (late and ").append(any).append(") as late");
        columns.append(", count(*) filter (clamped and ").append(any).append(") as clamped");
        columns.append(", count(*) filter (").append(read.anyByRobots()).append(") as by_bots");
        return Sql.of(columns.toString());
    }

    /** What is gathered of each unit in the pass over events with numbers. */
    Sql amounts() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).valueProperty().isPresent()) {
                columns.append(",\n  ")
                        .append(sum("value_" + i, read.makes(i, "code")))
                        .append(" as sum_" + i);
                if (looksBack()) {
                    columns.append(", ").append(sum("value_" + i, read.past(i))).append(" as past_sum_" + i);
                }
            }
        }
        for (int g = 0; g < definition.guardrails().size(); g++) {
            if (definition.guardrails().get(g).summed().isPresent()) {
                columns.append(",\n  ").append(sum("amount_" + g, read.hits(g))).append(" as amount_" + g);
            }
        }
        return Sql.of(columns.toString());
    }

    /** Whether every event counts for exactly one thing, so that counts of things are counts of events. */
    private boolean countsOnce() {
        return steps.stream().allMatch(step -> step.edgeWindow().isEmpty())
                && Stream.concat(
                                        steps.stream().flatMap(step -> step.anyOf().stream()),
                                        definition.guardrails().stream().map(GuardrailMetric::match))
                                .count()
                        == definition.names().size();
    }

    private boolean isShort() {
        return definition
                .followUp()
                .unitWindow()
                .filter(window -> window.compareTo(SHORT) <= 0)
                .isPresent();
    }

    /** Later than anything that is done. */
    private long latest() {
        return isShort() ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    /** The time since t0, in four bytes where that is enough. */
    Sql elapsed() {
        // Of times before t0, and of units that were never exposed, only the event counts.
        return Sql.of(
                isShort()
                        ? "case when made.time_ms >= x.t0 then made.time_ms - x.t0 else 0 end::integer"
                        : "made.time_ms - coalesce(x.t0, 0)");
    }

    private boolean looksBack() {
        return definition.followUp().past().isPresent();
    }

    private static String first(Step step, String made) {
        if (step.atLeast() instanceof Threshold.Count count && count.events() > 1 && count.events() <= FEW) {
            return "list_extract(min(elapsed, " + count.events() + ") filter (" + made + "), " + count.events() + ")";
        }
        String earliest = "min(elapsed) filter (" + made + ")";
        return mustBeFollowed(step)
                ? "case when count(*) filter (" + made + ") >= " + leastEvents(step) + " then " + earliest + " end"
                : earliest;
    }

    private static String sum(String number, String which) {
        return "coalesce(list_sum(list_sort(list(" + number + ") filter (" + which + " and abs(" + number + ") <= "
                + LARGEST + "))), 0)";
    }

    /** Whether a unit did a step before t0. */
    private String didBefore(int step) {
        long events = steps.get(step).atLeast() instanceof Threshold.Count count ? count.events() : 1;
        return "count(*) filter (" + read.past(step) + ") >= " + events;
    }

    /**
     * How many required steps were done in their order, if the first times tell; -1 if the unit has to be followed event
     * by event.
     */
    Sql strict() {
        StringBuilder cases = new StringBuilder("case");
        for (int i = 0; i < steps.size(); i++) {
            if (mustBeFollowed(steps.get(i))) {
                // Which events count at all is for the edge's window to say.
                long least = steps.get(i).edgeWindow().isPresent() ? 1 : leastEvents(steps.get(i));
                cases.append(" when events_" + i + " >= " + least + " then -1");
            }
        }
        int rank = 0;
        int before = -1;
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).optional()) {
                cases.append(" when first_" + i + " is null then " + rank);
                if (before >= 0) {
                    cases.append(" when first_" + i + " < first_" + before + " then case when events_" + i + " > "
                            + leastEvents(steps.get(i)) + " then -1 else " + rank + " end");
                }
                before = i;
                rank++;
            }
        }
        return Sql.of(cases.append(" else ").append(rank).append(" end").toString());
    }

    private static boolean mustBeFollowed(Step step) {
        return step.edgeWindow().isPresent()
                || step.atLeast() instanceof Threshold.Sum
                || step.atLeast() instanceof Threshold.Count count && count.events() > FEW;
    }

    private static long leastEvents(Step step) {
        return step.atLeast() instanceof Threshold.Count count ? count.events() : 1;
    }

    /** The columns of the table that followed units are written to. */
    Sql foldedColumns() {
        StringBuilder columns = new StringBuilder("unit_no bigint, strict tinyint");
        for (int i = 0; i < steps.size(); i++) {
            columns.append(", first_" + i + " bigint, events_" + i + " bigint, sum_" + i + " double");
        }
        return Sql.of(columns.toString());
    }

    /** What a unit's row takes from the passes, and from following it event by event. */
    Sql rowColumns() {
        StringBuilder columns = new StringBuilder("coalesce(done.strict, 0)::tinyint as strict");
        StringBuilder counted = new StringBuilder("0");
        for (int i = 0; i < steps.size(); i++) {
            columns.append(",\n    done.first_" + i);
            columns.append(", coalesce(done.events_" + i + ", 0)::integer as events_" + i);
            counted.append(" + coalesce(done.events_" + i + ", 0)");
            if (looksBack()) {
                columns.append(", coalesce(done.past_" + i + ", false) as past_" + i);
            }
            if (steps.get(i).valueProperty().isPresent()) {
                columns.append(", coalesce(case when folded.unit_no is null then amounts.sum_" + i + " else folded.sum_"
                        + i + " end, 0) as sum_" + i);
                if (looksBack()) {
                    columns.append(", coalesce(amounts.past_sum_" + i + ", 0) as past_sum_" + i);
                }
            }
        }
        for (int g = 0; g < definition.guardrails().size(); g++) {
            columns.append(",\n    coalesce(done.hits_" + g + ", 0)::integer as hits_" + g);
            counted.append(" + coalesce(done.hits_" + g + ", 0)");
            if (definition.guardrails().get(g).summed().isPresent()) {
                columns.append(", coalesce(amounts.amount_" + g + ", 0) as amount_" + g);
            }
        }
        columns.append(",\n    (")
                .append(countsOnce() ? counted : "coalesce(done.counted, 0)")
                .append(")::integer as counted");
        for (String oddity : List.of("late", "clamped", "by_bots")) {
            columns.append(", coalesce(done." + oddity + ", 0)::integer as " + oddity);
        }
        columns.append(definition.followUp().isOpen() ? ", done.last as last" : ", null::bigint as last");
        return Sql.of(columns.toString());
    }

    /** The columns in which what was followed replaces what was gathered. */
    Sql followed() {
        String type = isShort() ? "::integer" : "";
        return Sql.of(IntStream.range(0, steps.size())
                .mapToObj(
                        i -> "folded.first_" + i + type + " as first_" + i + ", folded.events_" + i + " as events_" + i)
                .collect(Collectors.joining(", ", "folded.strict as strict, ", "")));
    }

    /** The mask of steps that were done. */
    Sql did() {
        return mask("first_%d is not null");
    }

    /** The mask of steps that were first done before the first goal. */
    Sql beforeGoal() {
        String goal = "first_" + (steps.size() - 1);
        return mask("coalesce(first_%d < coalesce(" + goal + ", " + latest() + "), false)");
    }

    private Sql mask(String condition) {
        return Sql.of(IntStream.range(0, steps.size())
                .mapToObj(i -> "(" + condition.formatted(i) + ")::bigint * " + (1L << i))
                .collect(Collectors.joining(" + ", "(", ")")));
    }

    /** How many required steps were reached when later ones imply earlier ones. */
    Sql furthest() {
        StringBuilder cases = new StringBuilder();
        int rank = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).optional()) {
                cases.insert(0, " when first_" + i + " is not null then " + ++rank);
            }
        }
        return Sql.of("case" + cases + " else 0 end::tinyint");
    }
}
