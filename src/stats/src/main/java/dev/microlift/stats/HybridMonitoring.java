package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * May I look every day and still keep nearly all power of one test at the end? The recommended mode of planned tests.
 *
 * <pre>
 * before the end, at every look: {@link ConfidenceSequence} at alphaSeq = 0.01, Nstar = half the planned total
 * once, when the declared total is reached: {@link Welch} and {@link Fieller} at alphaFinal = alpha - alphaSeq
 * </pre>
 *
 * <p>The error levels add, so the whole errs at most with {@code alpha}. There is at most one final analysis: a test
 * that goes on afterwards has only {@code alphaSeq} left, that is, it calls {@link #look} again. Against one fixed test
 * it costs 2 points of power (77.8 instead of 80 percent) and 7 percent more units.
 */
public final class HybridMonitoring {
    /** The error level of all looks before the end together. */
    public static final double ALPHA_SEQ = 0.01;

    private HybridMonitoring() {}

    /**
     * The one analysis at the end.
     *
     * @param difference the test of the difference at {@code alphaFinal}
     * @param lift the lift at {@code alphaFinal}
     * @param alphaFinal the error level left for the end, null if {@code alpha} leaves none
     */
    public record Final(
            Welch.Result difference,
            Fieller.Result lift,
            @Nullable Double alphaFinal) {

        /** Whether the test of the end rejects "no effect". */
        public boolean isSignificant() {
            Double p = difference.p();
            return p != null && alphaFinal != null && p < alphaFinal;
        }
    }

    /** A look before (or after) the end of a test planned for {@code plannedTotal} units in both arms. */
    public static ConfidenceSequence.Result look(Moments control, Moments treatment, double plannedTotal) {
        return ConfidenceSequence.of(control, treatment, ALPHA_SEQ, plannedTotal / 2);
    }

    /** The analysis at the declared total; an {@code alpha} not above {@link #ALPHA_SEQ} is refused. */
    public static Final end(Moments control, Moments treatment, double alpha) {
        double alphaFinal = alpha - ALPHA_SEQ;
        return new Final(
                Welch.test(control, treatment, alphaFinal),
                Fieller.lift(control, treatment, alphaFinal),
                Figures.defectOfLevel(alphaFinal) == null ? alphaFinal : null);
    }
}
