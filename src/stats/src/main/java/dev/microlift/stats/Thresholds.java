package dev.microlift.stats;

/** Every limit at which a figure is refused or a warning is raised. A report prints them beside its figures. */
public final class Thresholds {
    /** Units an arm needs for a variance. */
    public static final int MIN_UNITS = 2;
    /** Conversions an arm needs for a standard error of a rate. */
    public static final int MIN_CONVERSIONS = 10;
    /** Non-conversions an arm needs for a standard error of a rate. */
    public static final int MIN_NON_CONVERSIONS = 10;
    /** Units an arm needs before a mean is monitored sequentially. */
    public static final int BURN_IN_UNITS = 50;
    /** Least absolute z of the micro effect by which a macro effect may be divided (F above 10). */
    public static final double WEAK_MICRO_Z = Math.sqrt(10);
    /** Experiments that trial-level surrogacy needs. */
    public static final int MIN_TRIALS = 20;
    /** Experiments below which trial-level surrogacy is flagged as imprecise. */
    public static final int PRECISE_TRIALS = 50;
    /** Least share of true variation among the variation of the estimated micro effects. */
    public static final double MIN_RELIABILITY = 0.2;
    /** Largest share of undefined bootstrap replicates. */
    public static final double MAX_INVALID_REPLICATES = 0.10;
    /** Final chi-square p-value below which the sample ratio is wrong. */
    public static final double SRM_P = 0.001;
    /** Chi-square p-value below which the sample ratio is suspicious. */
    public static final double SRM_WARN_P = 0.01;
    /** E-value from which the sample ratio is wrong at any time. */
    public static final double SRM_E = 100;
    /** E-value from which the sample ratio is suspicious. */
    public static final double SRM_WARN_E = 10;
    /** Expected count of an arm that the chi-square test needs. */
    public static final double SRM_MIN_EXPECTED = 5;
    /** Share of units with a covariate that adjustment needs in each arm. */
    public static final double CUPED_MIN_COVERAGE = 0.10;
    /** Units that adjustment needs in each arm. */
    public static final int CUPED_MIN_UNITS = 50;
    /** P-value of unequal missing shares below which the covariate is imbalanced. */
    public static final double COVARIATE_IMBALANCE_P = 0.001;
    /** P-value of the denominator's difference below which a ratio metric is flagged. */
    public static final double DENOMINATOR_MOVED_P = 0.01;
    /** Ratio of the arm sizes from which skewness no longer cancels. */
    public static final double UNBALANCED_RATIO = 3;
    /** Conversions (and non-conversions) of the smaller arm that make unequal arms harmless for a rate. */
    public static final int UNBALANCED_CONVERSIONS = 50;
    /** Units of the smaller arm that make unequal arms harmless for a mean. */
    public static final int UNBALANCED_UNITS = 5000;
    /** Coefficient of variation up to which unequal arms are harmless for a mean. */
    public static final double UNBALANCED_VARIATION = 2;
    /** Goals (or non-goals) for each covariate of a regression. */
    public static final int EVENTS_PER_VARIABLE = 10;
    /** Segments that a comparison between segments needs. */
    public static final int MIN_SEGMENTS = 2;
    /** A standard error up to this multiple of the larger mean is rounding, not variation. */
    public static final double ZERO_VARIANCE_RATIO = 1e-12;
    /** Sum of squared deviations below zero by no more than this share of the raw sum of squares is rounding. */
    public static final double NEGATIVE_M2_RATIO = 1e-9;

    /** What a sum of squared deviations leaves of the raw sum of squares up to this share is rounding as well. */
    public static final double POSITIVE_M2_RATIO = 1e-15;
    /** What a variance of a combination leaves of the variances combined up to this share is rounding. */
    public static final double RESIDUAL_RATIO = 1e-14;

    private Thresholds() {}
}
