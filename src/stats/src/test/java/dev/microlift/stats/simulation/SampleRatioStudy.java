package dev.microlift.stats.simulation;

import dev.microlift.stats.SampleRatio;
import java.util.List;

/** How often does the sample ratio check doubt healthy data, looked at on 30 days with 1,000 units each? */
record SampleRatioStudy() implements Study {
    private static final String NAME = "sample ratio of healthy data, 30 looks";
    private static final int REPLICATIONS = 40_000;
    private static final int LOOKS = 30;
    private static final long DAILY = 1_000;
    private static final int E_VALUE = 0;
    private static final int FINAL_P = 1;
    private static final int INVALID = 2;
    private static final int P_AT_ANY_LOOK = 3;

    @Override
    public List<Figure> run(Simulation simulation) {
        Tally tally = simulation.run(NAME, REPLICATIONS, 4, SampleRatioStudy::replicate);
        return List.of(
                tally.figure(NAME, "e-value of 100 at any look", Figure.Claim.AT_MOST, 0.01, E_VALUE),
                tally.figure(NAME, "p below 0.001 at the end", Figure.Claim.EQUAL, 0.001, FINAL_P),
                tally.figure(NAME, "verdict invalid at any look", Figure.Claim.AT_MOST, 0.011, INVALID),
                tally.figure(NAME, "p below 0.001 at any look (wrong use)", Figure.Claim.NONE, 0.001, P_AT_ANY_LOOK));
    }

    private static void replicate(Draws draws, Tally tally) {
        long control = 0;
        double eMax = 1;
        boolean invalid = false;
        boolean anyP = false;
        for (int look = 1; look <= LOOKS; look++) {
            control += draws.binomial(DAILY, 0.5);
            long[] counts = {control, look * DAILY - control};
            SampleRatio.Result result = SampleRatio.check(
                    counts, new double[] {1, 1}, SampleRatio.DEFAULT_CONCENTRATION, eMax, look == LOOKS);
            Double largest = result.eMax();
            Double p = result.p();
            eMax = largest == null ? eMax : largest;
            invalid |= result.verdict() == SampleRatio.Verdict.INVALID;
            boolean small = p != null && p < 0.001;
            anyP |= small;
            if (look == LOOKS) {
                tally.count(FINAL_P, small);
            }
        }
        tally.count(E_VALUE, eMax >= 100);
        tally.count(INVALID, invalid);
        tally.count(P_AT_ANY_LOOK, anyP);
    }
}
