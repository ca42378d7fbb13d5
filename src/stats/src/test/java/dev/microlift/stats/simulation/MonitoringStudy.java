package dev.microlift.stats.simulation;

import dev.microlift.stats.ConfidenceSequence;
import dev.microlift.stats.HybridMonitoring;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Welch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often does a test without effect call one, under 30 daily looks? Two equal arms of rate {@code p} grow by
 * {@code daily} units each a day; sequential intervals are planned for the whole, the hybrid as its rule says.
 */
record MonitoringStudy(double p, long daily) implements Study {
    private static final int LOOKS = 30;
    private static final int REPLICATIONS = 20_000;
    private static final double ALPHA = 0.05;

    private static final int NAIVE = 0;
    private static final int FIXED = 1;
    private static final int SEQUENTIAL = 2;
    private static final int SEQUENTIAL_LIFT = 3;
    private static final int HYBRID = 4;

    private String name() {
        return "false positives, 30 looks, p=" + 100 * p + " %, " + daily + " units an arm and day";
    }

    @Override
    public List<Figure> run(Simulation simulation) {
        String name = name();
        Tally tally = simulation.run(name, REPLICATIONS, 5, this::replicate);
        return List.of(
                tally.figure(name, "fixed test at every look (wrong use)", Figure.Claim.NONE, ALPHA, NAIVE),
                tally.figure(name, "fixed test at the end", Figure.Claim.EQUAL, ALPHA, FIXED),
                tally.figure(name, "sequential, difference", Figure.Claim.AT_MOST, ALPHA, SEQUENTIAL),
                tally.figure(name, "sequential, lift", Figure.Claim.AT_MOST, ALPHA, SEQUENTIAL_LIFT),
                tally.figure(name, "hybrid", Figure.Claim.AT_MOST, ALPHA, HYBRID));
    }

    private void replicate(Draws draws, Tally tally) {
        double planned = 2.0 * daily * LOOKS;
        long xC = 0;
        long xT = 0;
        boolean[] fired = new boolean[5];
        for (int look = 1; look <= LOOKS; look++) {
            xC += draws.binomial(daily, p);
            xT += draws.binomial(daily, p);
            Moments control = Moments.binary(look * daily, xC);
            Moments treatment = Moments.binary(look * daily, xT);
            boolean last = look == LOOKS;
            boolean rejected = isBelow(Welch.test(control, treatment, ALPHA).p(), ALPHA);
            fired[NAIVE] |= rejected;
            fired[FIXED] |= last && rejected;
            ConfidenceSequence.Result sequence = ConfidenceSequence.of(control, treatment, ALPHA, planned);
            fired[SEQUENTIAL] |= excludesZero(sequence.ciLow(), sequence.ciHigh());
            fired[SEQUENTIAL_LIFT] |= excludesZero(sequence.liftCiLow(), sequence.liftCiHigh());
            fired[HYBRID] |= last
                    ? HybridMonitoring.end(control, treatment, ALPHA).isSignificant()
                    : excludesZero(HybridMonitoring.look(control, treatment, planned));
        }
        for (int question = 0; question < fired.length; question++) {
            tally.count(question, fired[question]);
        }
    }

    private static boolean excludesZero(ConfidenceSequence.Result look) {
        return excludesZero(look.ciLow(), look.ciHigh());
    }

    private static boolean excludesZero(@Nullable Double low, @Nullable Double high) {
        return (low != null && low > 0) || (high != null && high < 0);
    }

    private static boolean isBelow(@Nullable Double p, double alpha) {
        return p != null && p < alpha;
    }
}
