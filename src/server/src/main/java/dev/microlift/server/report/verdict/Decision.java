package dev.microlift.server.report.verdict;

/** What to do. */
public enum Decision {
    /** Give the variant to everybody. */
    SHIP,
    /** End the test and keep the control. */
    STOP,
    /** Wait; nothing can be said yet. */
    CONTINUE,
    /** Do not believe the figures. */
    INVALID,
    /** The test is over and says nothing. */
    INCONCLUSIVE
}
