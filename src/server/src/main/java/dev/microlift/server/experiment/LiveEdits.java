package dev.microlift.server.experiment;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Which edits an experiment allows once it was started: those that leave every unit with its variant. Plan and guardrails
 * may change, but the report then says that it is exploratory.
 */
final class LiveEdits {

    private static final Map<String, Function<Definition, Object>> FROZEN = new LinkedHashMap<>();

    static {
        FROZEN.put("unitType", Definition::unitType);
        FROZEN.put("journeys", Definition::journeys);
        FROZEN.put("variants", definition -> List.of(definition.variants(), definition.control()));
        FROZEN.put("layer", Definition::inLayer);
        FROZEN.put("entryStep", Definition::entersBy);
        FROZEN.put("sticky", Definition::sticky);
        FROZEN.put("targeting", Definition::targetingCondition);
        FROZEN.put("assignment", Definition::assignment);
        FROZEN.put("exposure", Definition::exposure);
    }

    private LiveEdits() {}

    /**
     * Refuses an edit that the experiment's state does not allow.
     *
     * @throws ProblemException naming what may not change and what may
     */
    static void check(Experiment current, Definition wanted) {
        if (current.status() == Status.DRAFT) {
            return;
        }
        Definition present = current.definition();
        boolean live = current.status().isLive();
        List<String> refused = FROZEN.entrySet().stream()
                .filter(field ->
                        !field.getValue().apply(present).equals(field.getValue().apply(wanted)))
                .map(Map.Entry::getKey)
                .toList();
        if (!refused.isEmpty()) {
            throw refusal(current, String.join(", ", refused));
        }
        if (live ? wanted.traffic() < present.traffic() : wanted.traffic() != present.traffic()) {
            throw refusal(current, live ? "a smaller traffic" : "traffic");
        }
        if (!live && !wanted.overrides().equals(present.overrides())) {
            throw refusal(current, "overrides");
        }
    }

    private static ProblemException refusal(Experiment current, String what) {
        String allowed = current.status().isLive()
                ? "name, hypothesis, overrides, guardrails, plan and a larger traffic"
                : "name, hypothesis, guardrails and plan";
        return new ProblemException(
                ErrorCode.STATE_CONFLICT,
                "the experiment is " + current.status().name().toLowerCase(Locale.ROOT) + ": " + what
                        + " cannot change any more; allowed are " + allowed);
    }
}
