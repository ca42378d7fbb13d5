package dev.microlift.assignment;

/** Why a value is served; the names are OpenFeature's. */
public enum Reason {
    /** The unit is in the experiment. */
    SPLIT,
    /** The unit's arm is set by hand. */
    TARGETING_MATCH,
    /** The experiment does not run. */
    DISABLED,
    /** The experiment was stopped with a decision. */
    STATIC,
    /** The unit is outside: of the traffic, the targeting, the layer and so on. */
    DEFAULT
}
