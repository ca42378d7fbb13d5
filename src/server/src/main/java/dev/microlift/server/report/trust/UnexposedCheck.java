package dev.microlift.server.report.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.report.study.Shares;
import org.jspecify.annotations.Nullable;

/**
 * Units that do the journey's steps, but never saw a variant: exposures may be missing. What happens after the
 * experiment's end does not count: nobody can be exposed then.
 *
 * @param units null if the report is of units exposed in a part of the time; without exposure a unit is of no part
 * @param goals units of them that did the goal
 * @param share of all units with steps or exposures
 * @param reason EXPECTED where traffic, targeting, an entry step, a layer or a holdout keeps units out on purpose;
 *     PART_OF_TIME where the report is of a part of the time
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UnexposedCheck(
        String check,
        Judgement verdict,
        @Nullable Long units,
        @Nullable Long goals,
        @Nullable Double share,
        @Nullable String reason)
        implements Check {

    private static final String NAME = "eventsWithoutExposure";
    private static final double MANY = 0.05;

    static UnexposedCheck of(Answer answer, boolean everybodyTakesPart) {
        Long units = answer.quality().unexposedUnits();
        if (units == null) {
            return new UnexposedCheck(NAME, Judgement.OK, null, null, null, "PART_OF_TIME");
        }
        Double share = Shares.of(units, units + answer.units().exposed());
        boolean many = everybodyTakesPart && share != null && share > MANY;
        return new UnexposedCheck(
                NAME,
                many ? Judgement.WARN : Judgement.OK,
                units,
                answer.quality().unexposedGoals(),
                share,
                everybodyTakesPart ? null : "EXPECTED");
    }
}
