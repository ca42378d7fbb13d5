package dev.microlift.stats;

/** What a reader should know about a figure that is printed nevertheless. The names are part of the report format. */
public enum Warning {
    /** Unequal arms and few or skewed values in the smaller one: errors on one side are more likely than on the other. */
    UNBALANCED_SKEW,
    /** The denominator of a ratio metric moved, so the ratio mixes two effects. */
    RATIO_DENOMINATOR_MOVED,
    /** The covariate is missing more often in one arm than in the other. */
    COVARIATE_IMBALANCE,
    /** Fewer than ten goals (or non-goals) for each covariate of a regression. */
    LOW_EVENTS_PER_VARIABLE,
    /** Association, yield and slope across tests do not agree in sign. */
    SIGN_DISAGREEMENT,
    /** The extra micro conversions are worth less than the old ones. */
    LOW_INTENT_GAIN,
    /** The figure rests on so few observations that only its interval means something. */
    IMPRECISE
}
