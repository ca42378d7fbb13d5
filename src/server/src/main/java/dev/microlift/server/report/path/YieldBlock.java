package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.IncrementalYield;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Are the extra micro conversions worth as much as the old ones?
 *
 * @param microDifference by how much the share of units with the step moved
 * @param goalDifference the same for the goal
 * @param zMicro how surely the step moved
 * @param yield goals that came with each extra micro conversion
 * @param controlYield goals for each micro conversion in the control
 * @param yieldRatio yield over control yield
 * @param assumption under which the yield is an effect of the step
 * @param reason why figures are null; null if none is
 * @param warnings LOW_INTENT_GAIN: the extra micro conversions are worth less than the old ones
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record YieldBlock(
        String variant,
        String step,
        @Nullable Double microDifference,
        @Nullable Double goalDifference,
        @Nullable Double zMicro,
        Estimate yield,
        @Nullable Double controlYield,
        Estimate yieldRatio,
        String assumption,
        @Nullable String reason,
        List<String> warnings) {

    private static final String ASSUMPTION =
            "Each extra micro conversion came with this many goals. It caused them only if the variant moves the goal "
                    + "through this step alone.";

    /** For each treatment and each micro step. */
    public static List<YieldBlock> of(Study study) {
        return study.treatments().stream()
                .flatMap(arm -> study.microSteps().stream().map(step -> of(study, arm, step)))
                .toList();
    }

    private static YieldBlock of(Study study, int arm, int step) {
        IncrementalYield.Result result = IncrementalYield.of(
                pairs(study, study.controlArm(), step),
                pairs(study, study.arms().get(arm), step),
                study.alpha());
        return new YieldBlock(
                study.arms().get(arm).variant(),
                study.steps().get(step).key(),
                result.dA(),
                result.dB(),
                result.zMicro(),
                Estimate.of(result.yieldValue(), result.ciLow(), result.ciHigh(), result.reason()),
                result.controlYield(),
                Estimate.of(result.yieldRatio(), result.ratioCiLow(), result.ratioCiHigh(), result.ratioReason()),
                ASSUMPTION,
                Estimate.name(result.reason()),
                result.warnings().stream().map(Enum::name).toList());
    }

    /** Units with the step, with the goal, with both. */
    public static IncrementalYield.Arm pairs(Study study, Arm arm, int step) {
        int goal = study.goal();
        return IncrementalYield.Arm.binary(
                arm.n(),
                study.converted(arm, step),
                study.converted(arm, goal),
                Study.count(arm, path -> study.isReached(path, step) && study.isReached(path, goal)));
    }
}
