package dev.microlift.stats.simulation;

import dev.microlift.stats.Fieller;
import dev.microlift.stats.Kind;
import dev.microlift.stats.Moments;
import java.util.List;

/**
 * How often does the interval of the lift contain the truth? Two equal arms with {@code conversions} expected in the
 * control. The interval is measured for all data, also where the report would refuse it for fewer than 10 conversions;
 * only unbounded sets are left out.
 */
record LiftCoverageStudy(double p, long conversions, double lift) implements Study {
    private static final int REPLICATIONS = 60_000;
    private static final double ALPHA = 0.05;
    private static final int COVERED = 0;
    private static final int BELOW = 1;
    private static final int ABOVE = 2;
    private static final int PRINTED = 3;

    private String name() {
        return "lift interval, " + conversions + " conversions in control, lift " + Math.round(100 * lift) + " %";
    }

    @Override
    public List<Figure> run(Simulation simulation) {
        String name = name();
        Tally tally = simulation.run(name, REPLICATIONS, 4, this::replicate);
        return List.of(
                tally.figure(name, "contains the truth", Figure.Claim.AT_LEAST, 1 - ALPHA, COVERED),
                tally.figure(name, "lies below the truth", Figure.Claim.NONE, ALPHA / 2, BELOW),
                tally.figure(name, "lies above the truth", Figure.Claim.NONE, ALPHA / 2, ABOVE),
                tally.figure(name, "would be printed and contains the truth", Figure.Claim.NONE, 1 - ALPHA, PRINTED));
    }

    private void replicate(Draws draws, Tally tally) {
        long n = Math.round(conversions / p);
        long xC = draws.binomial(n, p);
        long xT = draws.binomial(n, p * (1 + lift));
        Fieller.Result all = Fieller.lift(mean(n, xC), mean(n, xT), ALPHA);
        Double low = all.ciLow();
        Double high = all.ciHigh();
        if (low == null || high == null) {
            return;
        }
        boolean below = high < lift;
        boolean above = low > lift;
        tally.count(COVERED, !below && !above);
        tally.count(BELOW, below);
        tally.count(ABOVE, above);
        if (Fieller.lift(Moments.binary(n, xC), Moments.binary(n, xT), ALPHA).reason() == null) {
            tally.count(PRINTED, !below && !above);
        }
    }

    /** The rate as a mean of zeros and ones, which is never refused for its counts. */
    private static Moments mean(long n, long x) {
        Moments rate = Moments.binary(n, x);
        return new Moments(Kind.MEAN, n, rate.sum(), rate.m2());
    }
}
