package dev.microlift.stats;

/**
 * Why a figure is absent. A refused figure is {@code null} beside one of these codes; when several apply, the first in
 * the order "input, units, conversions, variance, method" is given. The names are part of the report format and must
 * not change.
 */
public enum Reason {
    /** The input contradicts itself or lies outside its range, such as more conversions than units. */
    INVALID_INPUT,
    /** An input, or a figure computed from it, leaves the range of finite double precision numbers. */
    NON_FINITE_INPUT,
    /** Fewer units than the method needs in an arm. */
    TOO_FEW_UNITS,
    /** Fewer conversions or non-conversions than the method needs in an arm. */
    INSUFFICIENT_CONVERSIONS,
    /** An expected count is too small for the chi-square test. */
    INSUFFICIENT_UNITS,
    /** The data do not vary, so there is no standard error. */
    ZERO_VARIANCE,
    /** A ratio metric whose denominator sums to zero in an arm. */
    ZERO_DENOMINATOR,
    /** A relative figure needs a positive control mean. */
    BASELINE_NOT_POSITIVE,
    /** The data do not exclude a zero baseline (or effect), so the interval of the ratio is unbounded. */
    FIELLER_UNBOUNDED,
    /** Nobody reached the step in an arm. */
    EMPTY_STEP,
    /** Shares of a total that cannot be told from zero are not printed. */
    TOTAL_NOT_SIGNIFICANT,
    /** The sample contradicts the declared direction of the effect on reach. */
    MONOTONICITY_CONTRADICTED,
    /** The effect on the micro step is too weak to divide by it. */
    WEAK_MICRO_EFFECT,
    /** Too early for a sequential figure. */
    BURN_IN,
    /** A prior on the absolute difference defines no lift interval. */
    PRIOR_ON_DIFFERENCE,
    /** The covariate was measured after exposure. */
    POST_EXPOSURE_COVARIATE,
    /** The covariate does not vary within the arms. */
    ZERO_VARIANCE_COVARIATE,
    /** The covariate is known for too few units. */
    COVARIATE_SPARSE,
    /** The effect asked for leads outside the possible rates. */
    MDE_OUT_OF_RANGE,
    /** A row or column of the two-by-two table is empty. */
    EMPTY_MARGIN,
    /** A cell of the two-by-two table is empty, so that the risk ratio is zero or infinite. */
    ZERO_CELL,
    /** The covariates are linearly dependent. */
    COLLINEAR,
    /** A covariate separates goals from non-goals: the maximum likelihood estimate does not exist. */
    SEPARATION,
    /** Fewer experiments than trial-level surrogacy needs. */
    TOO_FEW_TRIALS,
    /** The effects on the micro step vary no more than sampling noise does. */
    NO_TRUE_VARIATION_MICRO,
    /** The effects on the macro goal vary no more than sampling noise does. */
    NO_TRUE_VARIATION_MACRO,
    /** Too many bootstrap replicates of the figure are undefined. */
    UNSTABLE,
    /** The horizon lies beyond the follow-up of an arm. */
    TAU_BEYOND_FOLLOWUP,
    /** The winsorising cap is not positive: nothing was capped. */
    CAP_NOT_POSITIVE,
    /** Fewer segments than a comparison between segments needs. */
    TOO_FEW_SEGMENTS
}
