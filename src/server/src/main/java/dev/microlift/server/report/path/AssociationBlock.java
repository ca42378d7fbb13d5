package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Path;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.stats.Association;
import dev.microlift.stats.LogisticRegression;
import dev.microlift.stats.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which step goes with the goal? In the control only, and only steps that were done before the goal.
 *
 * @param units with and without the step before their goal, and with the goal
 * @param phi correlation of the two
 * @param auc how well the step alone tells who will reach the goal; 0.5 is not at all
 * @param adjustedOddsRatio with all other steps held fixed
 * @param text what it is not
 * @param reason why figures are null; null if none is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AssociationBlock(
        String step,
        Units units,
        @Nullable Double pGoalGivenStep,
        @Nullable Double pGoalGivenNoStep,
        Estimate difference,
        Estimate riskRatio,
        @Nullable Double phi,
        @Nullable Double miBits,
        Estimate auc,
        @Nullable Double pValue,
        AdjustedOdds adjustedOddsRatio,
        String text,
        @Nullable String reason) {

    private static final String TEXT =
            "Units that do this step convert more or less; they may simply be keener. Not an effect.";

    /** The two-by-two table. */
    public record Units(long stepAndGoal, long stepOnly, long goalOnly, long neither) {

        private boolean tells() {
            return stepAndGoal + stepOnly > 0 && goalOnly + neither > 0;
        }
    }

    /**
     * An odds ratio from a logistic regression on all steps.
     *
     * @param method maximumLikelihood, or ridge where a step separates the units
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AdjustedOdds(
            @Nullable Double estimate,
            @Nullable List<Double> ci,
            @Nullable Double pValue,
            @Nullable String method,
            @Nullable String reason,
            List<String> warnings) {

        private static AdjustedOdds refused(Reason reason) {
            return new AdjustedOdds(null, null, null, null, reason.name(), List.of());
        }
    }

    /**
     * For each micro step.
     *
     * @param steps the goal last
     * @param arm the control, or everybody
     */
    public static List<AssociationBlock> of(List<Step> steps, Arm arm, double alpha) {
        int goal = steps.size() - 1;
        List<Units> tables = IntStream.range(0, goal)
                .mapToObj(step -> table(arm, step, goal))
                .toList();
        // A step that everybody or nobody did says nothing, and must not spoil the regression for the others.
        List<Integer> telling = IntStream.range(0, goal)
                .filter(step -> tables.get(step).tells())
                .boxed()
                .toList();
        LogisticRegression.Result regression =
                telling.isEmpty() ? null : LogisticRegression.fit(rows(arm, goal, telling), alpha);
        List<AssociationBlock> blocks = new ArrayList<>();
        for (int step = 0; step < goal; step++) {
            AdjustedOdds odds = regression == null || !telling.contains(step)
                    ? AdjustedOdds.refused(Reason.EMPTY_MARGIN)
                    : odds(regression, telling.indexOf(step));
            blocks.add(of(steps.get(step), tables.get(step), odds, alpha));
        }
        return blocks;
    }

    private static Units table(Arm arm, int step, int goal) {
        long[] cells = new long[4];
        for (Path path : arm.paths()) {
            cells[(path.didBeforeGoal(step) ? 0 : 2) + (path.did(goal) ? 0 : 1)] += path.units();
        }
        return new Units(cells[0], cells[1], cells[2], cells[3]);
    }

    private static AssociationBlock of(Step step, Units units, AdjustedOdds odds, double alpha) {
        Association.Result result =
                Association.of(units.stepAndGoal(), units.stepOnly(), units.goalOnly(), units.neither(), alpha);
        return new AssociationBlock(
                step.key(),
                units,
                result.P1(),
                result.P0(),
                Estimate.of(result.diff(), result.diffCiLow(), result.diffCiHigh(), result.reason()),
                Estimate.of(result.riskRatio(), result.rrCiLow(), result.rrCiHigh(), result.rrReason()),
                result.phi(),
                result.miBits(),
                Estimate.of(result.auc(), result.aucCiLow(), result.aucCiHigh(), result.reason()),
                result.p(),
                odds,
                TEXT,
                Estimate.name(result.reason()));
    }

    /** Units by the telling steps they did before their goal, in a fixed order. */
    private static List<LogisticRegression.Row> rows(Arm arm, int goal, List<Integer> telling) {
        long mask = telling.stream().mapToLong(step -> 1L << step).sum();
        Map<Long, long[]> byMask = new TreeMap<>();
        for (Path path : arm.paths()) {
            long[] counts = byMask.computeIfAbsent(path.beforeGoal() & mask, way -> new long[2]);
            counts[0] += path.units();
            counts[1] += path.did(goal) ? path.units() : 0;
        }
        List<LogisticRegression.Row> rows = new ArrayList<>();
        byMask.forEach((way, counts) -> rows.add(new LogisticRegression.Row(
                telling.stream().map(step -> (double) (way >>> step & 1)).toList(), counts[0], counts[1])));
        return rows;
    }

    private static AdjustedOdds odds(LogisticRegression.Result regression, int covariate) {
        return new AdjustedOdds(
                at(regression.oddsRatio(), covariate),
                Estimate.interval(at(regression.orCiLow(), covariate), at(regression.orCiHigh(), covariate)),
                at(regression.p(), covariate),
                method(regression.method()),
                Estimate.name(regression.reason() != null ? regression.reason() : regression.pReason()),
                regression.warnings().stream().map(Enum::name).toList());
    }

    private static @Nullable String method(LogisticRegression.@Nullable Method method) {
        return method == null ? null : method == LogisticRegression.Method.ML ? "maximumLikelihood" : "ridge";
    }

    private static @Nullable Double at(@Nullable List<Double> figures, int covariate) {
        return figures == null ? null : figures.get(covariate);
    }
}
