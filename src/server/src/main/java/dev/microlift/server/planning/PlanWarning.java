package dev.microlift.server.planning;

/** What to know about planned figures that are there. The names are part of the contract. */
enum PlanWarning {
    /** At the required units an arm has fewer conversions than the report needs for a test. */
    FEW_EXPECTED_CONVERSIONS,
    /** At the chosen duration an arm has fewer conversions than the report needs for a test. */
    FEW_EXPECTED_CONVERSIONS_AT_DURATION,
    /** A later step has a higher rate, but a unit that did a later step counts as having reached this one. */
    RATE_BELOW_LATER_STEP
}
