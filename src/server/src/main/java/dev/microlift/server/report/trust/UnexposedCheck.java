package dev.microlift.server.report.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.report.study.Shares;
import org.jspecify.annotations.Nullable;

/**
 * Units that do the journey's steps, but never saw a variant: exposures may be missing.
 *
 * @param share of all units with steps or exposures
 * @param reason EXPECTED where traffic, targeting, an entry step, a layer or a holdout keeps units out on purpose
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UnexposedCheck(
        String check,
        Judgement verdict,
        long units,
        long goals,
        @Nullable Double share,
        @Nullable String reason) implements Check {

    private static final double MANY = 0.05;

    static UnexposedCheck of(Answer answer, boolean everybodyTakesPart) {
        long units = answer.quality().unexposedUnits();
        Double share = Shares.of(units, units + answer.units().exposed());
        boolean many = everybodyTakesPart && share != null && share > MANY;
        return new UnexposedCheck(
                "eventsWithoutExposure",
                many ? Judgement.WARN : Judgement.OK,
                units,
                answer.quality().unexposedGoals(),
                share,
                everybodyTakesPart ? null : "EXPECTED");
    }
}
