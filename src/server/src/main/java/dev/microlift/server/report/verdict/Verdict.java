package dev.microlift.server.report.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to do, and why. The first row that applies decides:
 *
 * <pre>
 * a trust check is invalid                                                  invalid
 * units are included whose window is still open                             continue
 * every treatment violates a guardrail                                      stop
 * the goal is not the one that decides                                      as if nothing had been found
 * a treatment that violates none moves the goal up significantly            ship, the one with the largest lift
 * every treatment violates a guardrail or moves the goal down significantly stop
 * the planned end is reached, or the experiment was stopped                 inconclusive
 * otherwise                                                                 continue
 * </pre>
 *
 * Significance is that of the plan's method, so that a verdict holds at whatever time it is read.
 *
 * @param variant what to ship; null unless the decision is to ship
 * @param because the row that applied first, then what it rests on
 * @param cautions what to know before acting on it
 * @param text one paragraph for people
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Verdict(
        Decision decision, @Nullable String variant, List<Sentence> because, List<Sentence> cautions, String text) {

    public Verdict {
        because = List.copyOf(because);
        cautions = List.copyOf(cautions);
    }

    /** The verdict of a case, with what the blocks want to be known beside it. */
    public static Verdict of(Case of, List<Sentence> fromBlocks) {
        List<Sentence> cautions = new ArrayList<>(Cautions.of(of));
        cautions.addAll(fromBlocks);
        if (!of.failedChecks().isEmpty()) {
            return new Verdict(
                    Decision.INVALID,
                    null,
                    List.of(untrusted(of)),
                    cautions,
                    untrusted(of).text());
        }
        if (of.isProvisional()) {
            Sentence open = Sentence.of(
                    "PROVISIONAL", "Units are included whose window is still open: figures may still change.");
            return new Verdict(Decision.CONTINUE, null, List.of(open), cautions, open.text());
        }
        List<Sentence> harmed = of.treatments().stream()
                .filter(t -> !t.isHarmless())
                .map(Verdict::harmed)
                .toList();
        if (!harmed.isEmpty() && harmed.size() == of.treatments().size()) {
            return decide(Decision.STOP, null, harmed, cautions);
        }
        if (!of.isDecisionMetric()) {
            return undecided(of, beside(of), harmed, cautions);
        }
        Case.Treatment winner = of.treatments().stream()
                .filter(Case.Treatment::isHarmless)
                .filter(Case.Treatment::wins)
                .max(Comparator.comparingDouble(t -> t.lift() == null ? 0 : t.lift()))
                .orElse(null);
        List<Sentence> because = new ArrayList<>();
        if (winner != null) {
            because.add(moved("GOAL_UP", winner));
            because.addAll(harmed);
            return decide(Decision.SHIP, winner.variant(), because, cautions);
        }
        because.addAll(harmed);
        of.treatments().stream().filter(Case.Treatment::loses).forEach(t -> because.add(moved("GOAL_DOWN", t)));
        if (of.treatments().stream().allMatch(t -> t.loses() || !t.isHarmless())) {
            return decide(Decision.STOP, null, because, cautions);
        }
        of.treatments().stream().filter(t -> t.significant() == null).forEach(t -> because.add(unsaid(t)));
        return undecided(of, of.isOver() ? over(of) : early(of), because, cautions);
    }

    private static Verdict undecided(Case of, Sentence first, List<Sentence> more, List<Sentence> cautions) {
        List<Sentence> because = new ArrayList<>(more);
        because.add(0, first);
        return decide(of.isOver() ? Decision.INCONCLUSIVE : Decision.CONTINUE, null, because, cautions);
    }

    private static Verdict decide(
            Decision decision, @Nullable String variant, List<Sentence> because, List<Sentence> cautions) {
        return new Verdict(
                decision,
                variant,
                because,
                cautions,
                because.stream().map(Sentence::text).collect(Collectors.joining(" ")));
    }

    private static Sentence untrusted(Case of) {
        return new Sentence(
                "TRUST_INVALID",
                Map.of("checks", of.failedChecks()),
                "The data cannot be believed (" + String.join(", ", of.failedChecks()) + "): there is no verdict.");
    }

    private static Sentence harmed(Case.Treatment treatment) {
        return Sentence.about(
                "GUARDRAIL_VIOLATED",
                treatment.variant(),
                Map.of("guardrails", treatment.violated()),
                treatment.variant() + " makes " + String.join(", ", treatment.violated())
                        + " worse by more than its margin.");
    }

    private static Sentence moved(String code, Case.Treatment treatment) {
        Map<String, Object> figures = new LinkedHashMap<>();
        put(figures, "lift", treatment.lift());
        put(figures, "difference", treatment.difference());
        put(figures, "pAdjusted", treatment.pAdjusted());
        return Sentence.about(
                code,
                treatment.variant(),
                figures,
                treatment.variant() + " moves the goal " + (code.equals("GOAL_UP") ? "up" : "down") + percent(treatment)
                        + "; the plan's test says so.");
    }

    private static String percent(Case.Treatment treatment) {
        return treatment.lift() == null
                ? ""
                : String.format(Locale.ROOT, " by %.1f%%", 100 * Math.abs(treatment.lift()));
    }

    private static Sentence beside(Case of) {
        return new Sentence(
                "NOT_THE_DECISION_METRIC",
                units(of),
                "These figures decide nothing: only the goal of the experiment's first journey does, with steps in any "
                        + "order.");
    }

    private static Sentence over(Case of) {
        return new Sentence(
                "END_REACHED",
                units(of),
                "The test is over with " + of.matured()
                        + " matured units and shows no effect on the goal that its plan " + "would accept.");
    }

    private static Sentence early(Case of) {
        String planned = of.plannedUnits() == null ? "" : " of " + of.plannedUnits() + " planned";
        return new Sentence(
                "NOT_YET", units(of), "With " + of.matured() + planned + " matured units nothing is certain yet.");
    }

    private static Map<String, Object> units(Case of) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("matured", of.matured());
        put(figures, "plannedUnits", of.plannedUnits());
        return figures;
    }

    private static Sentence unsaid(Case.Treatment treatment) {
        Map<String, Object> figures = new LinkedHashMap<>();
        put(figures, "reason", treatment.reason());
        return Sentence.about(
                "GOAL_NOT_TESTED",
                treatment.variant(),
                figures,
                "For " + treatment.variant() + " the goal cannot be tested"
                        + (treatment.reason() == null ? "." : " (" + treatment.reason() + ")."));
    }

    private static void put(Map<String, Object> figures, String name, @Nullable Object value) {
        if (value != null) {
            figures.put(name, value);
        }
    }
}
