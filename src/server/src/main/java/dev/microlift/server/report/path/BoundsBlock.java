package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.AlwaysReacherBounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Among units that reach a step under either variant: by how much did the variant change their chance of the goal? The
 * data give bounds, not a number.
 *
 * @param ci covers everything between the bounds
 * @param direction in which the variant is taken to move units towards the step, as the data say
 * @param directionUncertain whether it may as well be the other one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BoundsBlock(
        String variant,
        String step,
        @Nullable Double lower,
        @Nullable Double upper,
        @Nullable List<Double> ci,
        AlwaysReacherBounds.@Nullable Direction direction,
        @Nullable Boolean directionUncertain,
        @Nullable String reason) {

    /** For each treatment and each micro step. */
    public static List<BoundsBlock> of(Study study) {
        return study.treatments().stream()
                .flatMap(arm -> study.microSteps().stream().map(step -> of(study, arm, step)))
                .toList();
    }

    private static BoundsBlock of(Study study, int arm, int step) {
        AlwaysReacherBounds.Result result = AlwaysReacherBounds.of(
                counts(study, study.controlArm(), step),
                counts(study, study.arms().get(arm), step),
                AlwaysReacherBounds.Direction.AUTO,
                study.alpha());
        return new BoundsBlock(
                study.arms().get(arm).variant(),
                study.steps().get(step).key(),
                result.lower(),
                result.upper(),
                Estimate.interval(result.ciLow(), result.ciHigh()),
                result.direction(),
                result.directionUncertain(),
                Estimate.name(result.reason()));
    }

    private static AlwaysReacherBounds.Arm counts(Study study, Arm arm, int step) {
        return new AlwaysReacherBounds.Arm(
                arm.n(),
                study.converted(arm, step),
                Study.count(arm, path -> study.isReached(path, step) && study.isReached(path, study.goal())));
    }
}
