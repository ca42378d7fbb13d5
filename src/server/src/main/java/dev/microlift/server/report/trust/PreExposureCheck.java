package dev.microlift.server.report.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Multiplicity;
import dev.microlift.stats.Welch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Were the arms alike before anybody saw a variant? Afterwards they may differ, before they must not.
 *
 * @param steps what units did before, for each step and treatment
 * @param reason why nothing was compared; null if something was
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PreExposureCheck(
        String check,
        Judgement verdict,
        List<Before> steps,
        @Nullable String reason) implements Check {

    private static final double SUSPICIOUS_P = 0.01;
    private static final double WRONG_P = 0.001;

    /**
     * One covariate in two arms.
     *
     * @param control its mean in the control, over units where it is known
     * @param treatment the same in the treatment
     * @param pAdjusted over all rows, by Benjamini and Hochberg
     */
    public record Before(
            String step,
            String variant,
            @Nullable Double control,
            @Nullable Double treatment,
            @Nullable Double pValue,
            @Nullable Double pAdjusted) {}

    private record Raw(int step, int arm, Welch.Result test) {}

    static PreExposureCheck of(Study study, boolean isFinal) {
        List<Raw> raw = new ArrayList<>();
        // An attribute is the same whatever the step; the unit's own past is another one for each.
        int first = study.plan().covariateAttribute().isPresent() ? study.goal() : 0;
        for (int step = first; step < study.steps().size(); step++) {
            for (int arm : study.treatments()) {
                Optional<Moments> control = before(study, study.controlArm(), step);
                Optional<Moments> treatment = before(study, study.arms().get(arm), step);
                if (control.isPresent() && treatment.isPresent()) {
                    raw.add(new Raw(step, arm, Welch.test(control.get(), treatment.get(), study.alpha())));
                }
            }
        }
        List<@Nullable Double> p = new ArrayList<>();
        raw.forEach(row -> p.add(row.test().p()));
        List<@Nullable Double> adjusted = Multiplicity.benjaminiHochberg(p).adjusted();
        List<Before> steps = new ArrayList<>();
        double smallest = 1;
        for (int i = 0; i < raw.size(); i++) {
            Raw row = raw.get(i);
            Double corrected = adjusted.get(i);
            smallest = corrected == null ? smallest : Math.min(smallest, corrected);
            steps.add(new Before(
                    study.steps().get(row.step()).key(),
                    study.arms().get(row.arm()).variant(),
                    row.test().mC(),
                    row.test().mT(),
                    row.test().p(),
                    corrected));
        }
        // While the test runs, every look is another chance for a false alarm.
        Judgement verdict = isFinal && smallest < WRONG_P
                ? Judgement.INVALID
                : smallest < SUSPICIOUS_P ? Judgement.WARN : Judgement.OK;
        return new PreExposureCheck(
                "preExposureBalance", verdict, List.copyOf(steps), raw.isEmpty() ? "NO_COVARIATE" : null);
    }

    private static Optional<Moments> before(Study study, Arm arm, int step) {
        boolean attribute = study.plan().covariateAttribute().isPresent();
        return Optional.ofNullable(arm.steps().get(step).converted())
                .map(known -> attribute
                        ? Moments.mean(known.observed(), known.sumX(), known.sumXX())
                        : Moments.binary(known.observed(), (long) known.sumX()));
    }
}
