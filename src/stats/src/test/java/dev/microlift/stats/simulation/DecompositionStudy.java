package dev.microlift.stats.simulation;

import dev.microlift.stats.JourneyDecomposition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often do the intervals of the decomposition contain the truth? Four steps and a goal with {@code goals} expected
 * conversions in the control; the second step gains 10 percent, the third loses 5 percent.
 */
record DecompositionStudy(long goals) implements Study {
    private static final int REPLICATIONS = 20_000;
    private static final double ALPHA = 0.05;
    private static final double[] RATES = {0.6, 0.5, 0.4, 0.5, 0.4};
    private static final double[] EFFECTS = {1, 1.1, 0.95, 1, 1};

    private String name() {
        return "decomposition, " + goals + " goals in control";
    }

    @Override
    public List<Figure> run(Simulation simulation) {
        String name = name();
        Tally tally = simulation.run(name, REPLICATIONS, 1 + RATES.length, this::replicate);
        List<Figure> figures = new ArrayList<>();
        figures.add(tally.figure(name, "total contains the truth", Figure.Claim.AT_LEAST, 1 - ALPHA, 0));
        for (int k = 1; k <= RATES.length; k++) {
            String step = "contribution of step " + k + " contains the truth";
            figures.add(tally.figure(name, step, Figure.Claim.AT_LEAST, 1 - ALPHA, k));
        }
        return figures;
    }

    private void replicate(Draws draws, Tally tally) {
        double product = 1;
        double truth = 0;
        for (int k = 0; k < RATES.length; k++) {
            product *= RATES[k];
            truth += Math.log(EFFECTS[k]);
        }
        long exposed = Math.round(goals / product);
        long[] reachC = {exposed, 0, 0, 0, 0, 0};
        long[] reachT = {exposed, 0, 0, 0, 0, 0};
        for (int k = 0; k < RATES.length; k++) {
            reachC[k + 1] = draws.binomial(reachC[k], RATES[k]);
            reachT[k + 1] = draws.binomial(reachT[k], RATES[k] * EFFECTS[k]);
        }
        JourneyDecomposition.Result result = JourneyDecomposition.of(reachC, reachT, ALPHA);
        count(tally, 0, result.totalCiLow(), result.totalCiHigh(), truth);
        for (int k = 0; k < RATES.length; k++) {
            JourneyDecomposition.Step step = result.steps().get(k);
            count(tally, k + 1, step.ciLow(), step.ciHigh(), Math.log(EFFECTS[k]));
        }
    }

    private static void count(Tally tally, int question, @Nullable Double low, @Nullable Double high, double truth) {
        if (low != null && high != null) {
            tally.count(question, low <= truth && truth <= high);
        }
    }
}
