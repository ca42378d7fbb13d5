package dev.microlift.server.report.traffic;

/** A report about all traffic as it is answered, for the API's documentation: of most lists one item. */
final class TrafficReportExample {

    /** As JSON. */
    static final String JSON = """
            {"journey": {"key": "shop", "name": "Shop purchase", "version": 1, "definitionHash": "284014d9bd2573d7",
              "steps": [{"key": "search", "name": "search", "role": "micro", "optional": false},
               {"key": "view", "name": "view", "role": "micro", "optional": false},
               {"key": "cart", "name": "cart", "role": "micro", "optional": false},
               {"key": "purchase", "name": "purchase", "role": "macro", "optional": false}]},
             "watermark": "2026-11-23T08:01:09.832Z", "engine": "microlift 0.1.0-SNAPSHOT",
             "analysis": {"from": "2026-10-27T00:00:00.000Z", "to": "2026-11-24T00:00:00.000Z", "asOf": null, "window": "P7D",
              "population": "matured", "stepOrder": "furthest", "level": 0.95,
              "baselineFrom": "2026-09-29T00:00:00.000Z", "baselineTo": "2026-10-27T00:00:00.000Z", "segments": []},
             "population": {"units": 2194, "matured": 2193, "withoutStep": 770},
             "metrics": [{"step": "purchase", "role": "macro", "denominator": "maturedUnits",
               "variants": [{"variant": "all", "n": 2193, "converted": 283, "rate": 0.129047, "performed": 283, "events": 283,
                 "value": {"sum": 10107.1, "mean": 4.60881, "cap": null}}], "comparisons": []}],
             "funnel": {"stepOrder": "furthest", "denominator": "maturedUnits", "steps": ["search", "view", "cart", "purchase"],
              "variants": [{"variant": "all", "reach": [2193, 2193, 1613, 667, 283],
                "fromPrevious": [1.0, 0.735522, 0.413515, 0.424288], "furthest": [0, 580, 946, 384, 283]}],
              "excluded": {"crossovers": 0, "overridden": 0, "open": 1}, "label": "descriptive"},
             "dropOff": {"edges": [{"variant": "all", "from": "view", "to": "cart", "entrants": 1613, "leavers": 946,
                "lossShare": 0.586485, "medianSeconds": 477.816, "next": [{"event": "(nothing)", "units": 946}]}],
              "recoverable": []},
             "association": [{"step": "cart", "units": {"stepAndGoal": 283, "stepOnly": 384, "goalOnly": 0, "neither": 1526},
               "pGoalGivenStep": 0.424288, "pGoalGivenNoStep": 0.0,
               "difference": {"estimate": 0.424288, "ci": [0.387234, 0.462124], "reason": null},
               "riskRatio": {"estimate": null, "ci": null, "reason": "ZERO_CELL"}, "phi": 0.582225,
               "miBits": 0.255719, "auc": {"estimate": 0.899476, "ci": [0.89049, 0.908463], "reason": null},
               "pValue": 1.09469e-163,
               "adjustedOddsRatio": {"estimate": 163.241, "ci": [70.6026, 377.431], "pValue": null, "method": "ridge",
                "reason": "SEPARATION", "warnings": []},
               "text": "Units that do this step convert more or less; they may simply be keener. Not an effect.",
               "reason": null}], "segments": [],
             "leaks": [{"leak": "microStepWithoutGoal", "part": "all", "units": 1910, "of": 2193, "share": 0.870953,
               "baseline": "previousDays", "baselineShare": null, "pValue": null, "pAdjusted": null, "rising": null,
               "lostGoalsPerDay": null, "reason": "MINIMUM_VOLUME"}], "generatedAt": "2026-11-23T08:01:39.521Z",
             "lag": {"messages": 0, "seconds": 0},
             "reportHash": "sha256:f58b5b447a5d743e575f4830e4d09ae8105d140494d78e365fee1995906618bb"}""";

    /** One block, metrics, as CSV. */
    static final String CSV = """
            step,role,denominator,variant,variants.n,variants.converted,variants.rate,variants.performed,\
            variants.events,variants.value,variants.value.sum,variants.value.mean,variants.value.cap
            search,micro,maturedUnits,all,2193,2193,1.0,1865,1865,,,,
            view,micro,maturedUnits,all,2193,1613,0.7355221158230734,1613,1613,,,,
            cart,micro,maturedUnits,all,2193,667,0.30414956680346555,667,667,,,,
            purchase,macro,maturedUnits,all,2193,283,0.12904696762425902,283,283,,10107.13,4.608814409484724,
            """;

    private TrafficReportExample() {}
}
