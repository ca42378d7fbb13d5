package dev.microlift.server.report.study;

import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.GuardrailMoments;
import dev.microlift.server.analysis.Path;
import dev.microlift.server.analysis.StepMoments;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.experiment.Method;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.StepRole;
import dev.microlift.server.journey.Threshold;
import java.util.ArrayList;
import java.util.List;

/** Studies from counts that one can check by hand. */
public final class Studies {

    private Studies() {}

    /** A journey of required steps; the last is the goal. */
    public static Journey journey(String... keys) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            steps.add(new Step(
                    keys[i],
                    keys[i],
                    i == keys.length - 1 ? StepRole.MACRO : StepRole.MICRO,
                    List.of(new EventMatch(keys[i], List.of())),
                    new Threshold.Count(1),
                    false,
                    null,
                    null));
        }
        return new Journey("j", "j", "user", steps);
    }

    /** An arm whose units went in order: reach gives its units, then those that reached each step, the goal last. */
    public static Arm nested(String variant, long... reach) {
        List<Path> paths = new ArrayList<>();
        List<StepMoments> steps = new ArrayList<>();
        int goal = reach.length - 2;
        for (int k = 0; k < reach.length; k++) {
            long units = reach[k] - (k + 1 < reach.length ? reach[k + 1] : 0);
            long did = (1L << k) - 1;
            paths.add(new Path(did, k > goal ? did & ~(1L << goal) : did, k, k, units));
            if (k > 0) {
                steps.add(new StepMoments(reach[k], reach[k], 0, 0, null, null, null, null));
            }
        }
        return arm(variant, reach[0], paths, steps);
    }

    /** An arm of any paths. */
    public static Arm arm(String variant, long n, List<Path> paths, List<StepMoments> steps) {
        return new Arm(variant, n, n, n, paths, steps, List.of(), List.of());
    }

    /** The same arm with a guardrail that some of its units met. */
    public static Arm guarded(Arm arm, String key, long units) {
        return new Arm(
                arm.variant(),
                arm.exposed(),
                arm.matured(),
                arm.n(),
                arm.paths(),
                arm.steps(),
                arm.times(),
                List.of(new GuardrailMoments(key, units, units, units)));
    }

    /** A study that is read once, of equal arms; the first is the control. */
    public static Study fixed(Journey journey, Arm... arms) {
        return of(journey, new Plan(null, 0.05, Method.FIXED, null, List.of(), null), arms);
    }

    /**
     * A study of equal arms; the first is the control. Without a planned end it has been stopped, and if its planned end is
     * reached, then by these very units.
     */
    public static Study of(Journey journey, Plan plan, Arm... arms) {
        List<Double> shares = new ArrayList<>();
        long matured = 0;
        for (Arm arm : arms) {
            shares.add(1.0 / arms.length);
            matured += arm.matured();
        }
        boolean isStopped = plan.plannedEnd().isEmpty();
        return new Study(
                        journey, StepOrder.FURTHEST, List.of(arms), 0, shares, new Monitoring(plan, matured, isStopped))
                .concludingFrom(List.of(arms));
    }
}
