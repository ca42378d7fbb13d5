package dev.microlift.stats.simulation;

import dev.microlift.stats.AlwaysReacherBounds;
import java.util.List;

/**
 * How often does the interval for always-reachers contain their true effect, and how often all effects that the data
 * allow? Among {@code units} an arm a tenth always reaches the step, {@code gained} more do so under the treatment.
 * Always-reachers reach the goal with chance 0.3, under the treatment {@code effect} more often, the gained ones with
 * chance {@code gainedGoal}.
 *
 * <p>The interval is for the true effect. The whole set of allowed effects is contained almost as often (94.5 percent),
 * unless reach itself moved so little that the sample may contradict its direction, where the interval collapses.
 */
record BoundsStudy(long units, double gained, double effect, double gainedGoal) implements Study {
    private static final int REPLICATIONS = 20_000;
    private static final double ALPHA = 0.05;
    private static final double ALWAYS = 0.1;
    private static final double GOAL = 0.3;
    private static final double WHOLE_SET_LEVEL = 0.945;
    private static final double CLEAR_Z = 3;
    private static final int TRUTH = 0;
    private static final int WHOLE_SET = 1;

    private String name() {
        return "bounds, " + units + " units an arm, reach +" + Math.round(1000 * gained) / 10.0 + " points, effect "
                + effect;
    }

    @Override
    public List<Figure> run(Simulation simulation) {
        String name = name();
        Tally tally = simulation.run(name, REPLICATIONS, 2, this::replicate);
        return List.of(
                tally.figure(name, "contains the true effect", Figure.Claim.AT_LEAST, 1 - ALPHA, TRUTH),
                tally.figure(name, "contains all effects allowed", claim(), WHOLE_SET_LEVEL, WHOLE_SET));
    }

    private Figure.Claim claim() {
        double reach = ALWAYS + gained;
        double se = Math.sqrt((ALWAYS * (1 - ALWAYS) + reach * (1 - reach)) / units);
        return gained > CLEAR_Z * se ? Figure.Claim.AT_LEAST : Figure.Claim.NONE;
    }

    private void replicate(Draws draws, Tally tally) {
        long reachedC = draws.binomial(units, ALWAYS);
        long goalC = draws.binomial(reachedC, GOAL);
        long reachedT = draws.binomial(units, ALWAYS + gained);
        double reach = ALWAYS + gained;
        double goalsT = (ALWAYS * (GOAL + effect) + gained * gainedGoal) / reach;
        long goalT = draws.binomial(reachedT, goalsT);
        AlwaysReacherBounds.Result result = AlwaysReacherBounds.of(
                new AlwaysReacherBounds.Arm(units, reachedC, goalC),
                new AlwaysReacherBounds.Arm(units, reachedT, goalT),
                AlwaysReacherBounds.Direction.INCREASE,
                ALPHA);
        Double low = result.ciLow();
        Double high = result.ciHigh();
        if (low == null || high == null) {
            return;
        }
        double upper = Math.min(1, goalsT * reach / ALWAYS) - GOAL;
        double lower = Math.max(0, 1 - (1 - goalsT) * reach / ALWAYS) - GOAL;
        tally.count(TRUTH, low <= effect && effect <= high);
        tally.count(WHOLE_SET, low <= lower && upper <= high);
    }
}
