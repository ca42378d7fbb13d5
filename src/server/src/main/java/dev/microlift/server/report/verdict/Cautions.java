package dev.microlift.server.report.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What to know before acting on a verdict. */
public final class Cautions {

    private Cautions() {}

    static List<Sentence> of(Case of) {
        List<Sentence> cautions = new ArrayList<>();
        if (!of.suspiciousChecks().isEmpty()) {
            cautions.add(new Sentence(
                    "TRUST_WARNING",
                    Map.of("checks", of.suspiciousChecks()),
                    "Look at these checks first: " + String.join(", ", of.suspiciousChecks()) + "."));
        }
        if (of.isExploratory()) {
            cautions.add(Sentence.of(
                    "EXPLORATORY",
                    "The plan was changed after the start, or the report speaks of a part of the units: its error rates "
                            + "are not those of the plan."));
        }
        for (Case.Treatment treatment : of.treatments()) {
            if (!treatment.undecided().isEmpty()) {
                cautions.add(Sentence.about(
                        "GUARDRAIL_INCONCLUSIVE",
                        treatment.variant(),
                        Map.of("guardrails", treatment.undecided()),
                        "For " + treatment.variant() + " it is not shown that "
                                + String.join(", ", treatment.undecided()) + " stays within its margin."));
            }
            if (!treatment.microUp().isEmpty() && !treatment.wins()) {
                cautions.add(Sentence.about(
                        "MICRO_UP_WITHOUT_GOAL",
                        treatment.variant(),
                        Map.of("steps", treatment.microUp()),
                        treatment.variant() + " moves " + String.join(", ", treatment.microUp())
                                + " up, but not the goal."));
            }
        }
        return cautions;
    }

    /** The extra micro conversions are worth less than the old ones. */
    public static Sentence lowIntent(String variant, String step) {
        return Sentence.about(
                "LOW_INTENT_GAIN",
                variant,
                Map.of("step", step),
                "The extra " + step + " that " + variant + " brings are worth less than the usual ones.");
    }

    /** Association and yield of a step do not agree in sign. */
    public static Sentence signDisagreement(String variant, String step) {
        return Sentence.about(
                "SIGN_DISAGREEMENT",
                variant,
                Map.of("step", step),
                "Units with " + step + " reach the goal more or less often, but more of it under " + variant
                        + " came with the opposite: the step is no stand-in for the goal.");
    }
}
