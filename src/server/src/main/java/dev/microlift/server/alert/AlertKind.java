package dev.microlift.server.alert;

/** What an alert is about. */
public enum AlertKind {
    /** A guardrail of an experiment is violated. */
    GUARDRAIL_VIOLATED,
    /** The figures of an experiment cannot be believed: most often its sample ratio does not fit the weights. */
    TRUST_INVALID,
    /** A part of an experiment's units gets lost more than usual. */
    BUCKET_LEAKING,
    /** Too many of the messages that come in are rejected. */
    INGEST_REJECTING,
    /** Reports are behind what was acknowledged. */
    LOADER_BEHIND
}
