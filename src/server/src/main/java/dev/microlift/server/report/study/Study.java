package dev.microlift.server.report.study;

import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Path;
import dev.microlift.server.analysis.Reach;
import dev.microlift.server.analysis.StepMoments;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.Step;
import dev.microlift.stats.Moments;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the blocks of an experiment's report are made from.
 *
 * @param reach which units reached the journey's steps
 * @param arms in the order of the variants
 * @param control position of the control among the arms
 * @param finalArms the arms of the one analysis that is not repeated; empty before it can be made
 * @param shares of the units that are expected in each arm; they add up to 1
 */
public record Study(
        Journey journey,
        Reach reach,
        StepOrder order,
        List<Arm> arms,
        List<Arm> finalArms,
        int control,
        List<Double> shares,
        Monitoring monitoring) {

    /** A study of a journey's arms that concludes nothing yet. */
    public Study(
            Journey journey, StepOrder order, List<Arm> arms, int control, List<Double> shares, Monitoring monitoring) {
        this(journey, new Reach(journey.steps()), order, arms, List.of(), control, shares, monitoring);
    }

    public Study {
        arms = List.copyOf(arms);
        finalArms = List.copyOf(finalArms);
        shares = List.copyOf(shares);
    }

    /** The plan it is judged by. */
    public Plan plan() {
        return monitoring.plan();
    }

    /** Two-sided error level. */
    public double alpha() {
        return plan().alpha();
    }

    /** The steps, the goal last. */
    public List<Step> steps() {
        return journey.steps();
    }

    /** Position of the goal. */
    public int goal() {
        return steps().size() - 1;
    }

    /** Positions of the micro steps. */
    public List<Integer> microSteps() {
        return IntStream.range(0, goal()).boxed().toList();
    }

    /** Positions of the steps that order the journey; the goal is the last. */
    public List<Integer> requiredSteps() {
        return IntStream.range(0, steps().size())
                .filter(step -> !steps().get(step).optional())
                .boxed()
                .toList();
    }

    /** The arm that the others are compared with. */
    public Arm controlArm() {
        return arms.get(control);
    }

    /** Positions of the other arms, in their order. */
    public List<Integer> treatments() {
        return IntStream.range(0, arms.size())
                .filter(arm -> arm != control)
                .boxed()
                .toList();
    }

    /** The units at which a confidence sequence of this arm and the control is tightest. */
    public double nStar(int treatment) {
        return monitoring.nStar(shares.get(control) + shares.get(treatment));
    }

    /** Units of the arm that reached the step, in the report's order. */
    public long converted(Arm arm, int step) {
        return reach.converted(arm, step, order);
    }

    /** Whether units that went this way reached the step, in the report's order. */
    public boolean isReached(Path path, int step) {
        return reach.isReached(path, step, order);
    }

    /** Units that reached each required step; the last is the goal. */
    public List<Long> reached(Arm arm) {
        return reach.reach(arm, order);
    }

    /** Units of the arm that went a certain way. */
    public static long count(Arm arm, Predicate<Path> way) {
        return arm.paths().stream().filter(way).mapToLong(Path::units).sum();
    }

    /** The rate of units that reached the step. */
    public Moments rate(Arm arm, int step) {
        return Moments.binary(arm.n(), converted(arm, step));
    }

    /** The step's value per unit. */
    public Moments value(Arm arm, int step) {
        StepMoments sums = arm.steps().get(step);
        return Moments.mean(arm.n(), sums.valueSum(), sums.valueSumOfSquares());
    }

    /** The same study of a part of the units. */
    public Study of(List<Arm> part) {
        return new Study(journey, reach, order, part, List.of(), control, shares, monitoring);
    }

    /** The same study with its final analysis on these arms, if that can be made. */
    public Study concludingFrom(List<Arm> arms) {
        return monitoring.hasFinalAnalysis()
                ? new Study(journey, reach, order, this.arms, arms, control, shares, monitoring)
                : this;
    }

    /** The units of the final analysis, if it can be made. */
    public Optional<Study> atEnd() {
        return finalArms.isEmpty() ? Optional.empty() : Optional.of(of(finalArms));
    }
}
