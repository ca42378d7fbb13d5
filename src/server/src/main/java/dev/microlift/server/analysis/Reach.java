package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which units count as having reached the steps of a journey. Optional steps are reached by those that do them. */
public final class Reach {

    private static final int OPTIONAL = 0;

    private final int[] ranks;
    private final int required;

    /** For a journey's steps, in order. */
    public Reach(List<Step> steps) {
        ranks = new int[steps.size()];
        int rank = 0;
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = steps.get(i).optional() ? OPTIONAL : ++rank;
        }
        required = rank;
    }

    /** How many steps are required. */
    public int required() {
        return required;
    }

    /** How many of the arm's n units reached the step at this position. */
    public long converted(Arm arm, int step, StepOrder order) {
        return count(arm, path -> isReached(path, step, order));
    }

    /** Whether units that went this way reached the step at this position. */
    public boolean isReached(Path path, int step, StepOrder order) {
        return ranks[step] == OPTIONAL ? path.did(step) : path.reached(order) >= ranks[step];
    }

    /** How many of the arm's n units reached each required step; the last is the goal. */
    public List<Long> reach(Arm arm, StepOrder order) {
        List<Long> reach = new ArrayList<>();
        for (int rank = 1; rank <= required; rank++) {
            int least = rank;
            reach.add(count(arm, path -> path.reached(order) >= least));
        }
        return reach;
    }

    private static long count(Arm arm, Predicate<Path> which) {
        return arm.paths().stream().filter(which).mapToLong(Path::units).sum();
    }
}
