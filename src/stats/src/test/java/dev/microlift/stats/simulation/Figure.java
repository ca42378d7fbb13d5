package dev.microlift.stats.simulation;

/**
 * One measured figure beside what is claimed.
 *
 * @param study the study it comes from
 * @param name what was measured
 * @param claim how the figure has to lie to the nominal one
 * @param nominal what is claimed
 * @param measured what was measured
 * @param error its Monte-Carlo standard error
 * @param replications how many data sets it rests on
 */
record Figure(
        String study, String name, Claim claim, double nominal, double measured, double error, long replications) {
    /** A figure further off than this many Monte-Carlo errors contradicts its claim. */
    static final double TOLERATED_ERRORS = 4;

    /** How a figure has to lie to the nominal one. */
    enum Claim {
        /** The figure is the nominal one. */
        EQUAL,
        /** An error rate that the method bounds. */
        AT_MOST,
        /** A coverage that the method guarantees. */
        AT_LEAST,
        /** No claim: shown for comparison. */
        NONE
    }

    /** A share of replications, with the error that it would have if the claim were exact. */
    static Figure share(String study, String name, Claim claim, double nominal, long hits, long replications) {
        double measured = (double) hits / replications;
        double rate = claim == Claim.NONE ? measured : nominal;
        double error = Math.sqrt(rate * (1 - rate) / replications);
        return new Figure(study, name, claim, nominal, measured, error, replications);
    }

    /** Monte-Carlo errors by which the figure contradicts its claim, 0 if it does not. */
    double errorsOff() {
        double gap = switch (claim) {
            case EQUAL -> Math.abs(measured - nominal);
            case AT_MOST -> Math.max(0, measured - nominal);
            case AT_LEAST -> Math.max(0, nominal - measured);
            case NONE -> 0;
        };
        return gap == 0 ? 0 : gap / error;
    }

    boolean holds() {
        return errorsOff() <= TOLERATED_ERRORS;
    }
}
