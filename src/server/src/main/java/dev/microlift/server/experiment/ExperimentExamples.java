package dev.microlift.server.experiment;

/** One experiment as it is answered in the course of its life, for the API's documentation. */
final class ExperimentExamples {

    private static final String DEFINITION = """
            {"key": "checkout-button", "name": "Bigger button", "hypothesis": "", "unitType": "user",
             "journeys": ["shop"],
             "variants": [{"key": "control", "weight": 50, "value": false, "control": true},
              {"key": "treatment", "weight": 50, "value": true, "control": false}], "traffic": 1, "layer": null,
             "entryStep": null, "sticky": false, "targeting": {"country": {"$in": ["DE", "FR"]}}, "overrides": {},
             "assignment": "microlift", "exposure": "explicit",
             "guardrails": [{"metric": {"key": "refunds", "event": "Order Refunded", "type": "conversion"}, "margin": 0.05,
               "direction": "decrease", "action": "stop"}],
             "plan": {"window": "P7D", "alpha": 0.05, "method": "hybrid", "plannedUnits": 20000, "segments": [],
              "preExposure": null},\
            """;

    /** As it was made. */
    static final String DRAFT = DEFINITION + """
             "status": "draft", "version": 1, "exploratory": false, "muted": [], "layerRange": null, "holdouts": [],
             "createdAt": "2026-11-23T08:00:56.980Z", "updatedAt": "2026-11-23T08:00:56.980Z", "startedAt": null,
             "stoppedAt": null, "decision": null, "decisionReason": null}""";

    /** Started. */
    static final String RUNNING = DEFINITION + """
             "status": "running", "version": 3, "exploratory": false, "muted": [], "layerRange": null,
             "holdouts": ["untouched"], "createdAt": "2026-11-23T08:00:56.980Z",
             "updatedAt": "2026-11-23T08:00:57.582Z", "startedAt": "2026-11-23T08:00:57.552Z", "stoppedAt": null,
             "decision": null, "decisionReason": null}""";

    /** Paused. */
    static final String PAUSED = DEFINITION + """
             "status": "paused", "version": 4, "exploratory": false, "muted": [], "layerRange": null,
             "holdouts": ["untouched"], "createdAt": "2026-11-23T08:00:56.980Z",
             "updatedAt": "2026-11-23T08:01:44.549Z", "startedAt": "2026-11-23T08:00:57.552Z", "stoppedAt": null,
             "decision": null, "decisionReason": null}""";

    /** With a muted variant. */
    static final String MUTED = DEFINITION + """
             "status": "running", "version": 6, "exploratory": false, "muted": ["treatment"], "layerRange": null,
             "holdouts": ["untouched"], "createdAt": "2026-11-23T08:00:56.980Z",
             "updatedAt": "2026-11-23T08:01:44.735Z", "startedAt": "2026-11-23T08:00:57.552Z", "stoppedAt": null,
             "decision": null, "decisionReason": null}""";

    /** Stopped with a decision. */
    static final String STOPPED = DEFINITION + """
             "status": "stopped", "version": 8, "exploratory": false, "muted": [], "layerRange": null,
             "holdouts": ["untouched"], "createdAt": "2026-11-23T08:00:56.980Z",
             "updatedAt": "2026-11-23T08:01:44.846Z", "startedAt": "2026-11-23T08:00:57.552Z",
             "stoppedAt": "2026-11-23T08:01:44.846Z", "decision": "treatment", "decisionReason": "lift confirmed"}""";

    /** Archived. */
    static final String ARCHIVED = DEFINITION + """
             "status": "archived", "version": 9, "exploratory": false, "muted": [], "layerRange": null,
             "holdouts": ["untouched"], "createdAt": "2026-11-23T08:00:56.980Z",
             "updatedAt": "2026-11-23T08:01:46.447Z", "startedAt": "2026-11-23T08:00:57.552Z",
             "stoppedAt": "2026-11-23T08:01:44.846Z", "decision": "treatment", "decisionReason": "lift confirmed"}""";

    /** A list of it. */
    static final String LIST = "{\"items\": [" + RUNNING + "], \"nextCursor\": null}";

    private ExperimentExamples() {}
}
