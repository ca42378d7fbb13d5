package dev.microlift.server.sdkconfig;

/** What SDKs are answered, for the API's documentation. */
final class PayloadExamples {

    /** What runs, with every rule. */
    static final String PAYLOAD = """
            {"status": 200,
             "features": {"checkout-button": {"defaultValue": false,
               "rules": [{"id": "checkout-button", "key": "checkout-button", "name": "Bigger button", "phase": "0",
                 "hashAttribute": "id", "hashVersion": 2, "seed": "f45ef460e28b501b", "variations": [false, true],
                 "meta": [{"key": "control"}, {"key": "treatment"}], "ranges": [[0, 0.5], [0.5, 1]],
                 "filters": [{"attribute": "id", "seed": "20991e6cf806dbb8", "hashVersion": 2, "ranges": [[0.05, 1]],
                   "kind": "holdout"}], "condition": {"country": {"$in": ["DE", "FR"]}}}],
               "microlift": {"version": 3, "phase": "running", "unitType": "user", "assignment": "microlift", "control": 0,
                "variants": [{"key": "control", "value": false}, {"key": "treatment", "value": true}],
                "overrides": {}, "exposure": "explicit"}}}, "dateUpdated": "2026-11-23T08:00:58.860Z"}""";

    /** What one user gets. */
    static final String EVALUATED = """
            {"status": 200,
             "features": {"checkout-button": {"defaultValue": true,
               "rules": [{"force": true,
                 "tracks": [{"experiment": {"key": "checkout-button", "name": "Bigger button", "phase": "0", "hashAttribute": "id",
                    "hashVersion": 2, "variations": [{}, true], "meta": [{"key": "control"}, {"key": "treatment"}]},
                   "result": {"key": "treatment", "featureId": "checkout-button", "inExperiment": true, "hashUsed": true,
                    "variationId": 1, "value": true, "hashAttribute": "id", "hashValue": "u1",
                    "stickyBucketUsed": false, "bucket": 0.9561}}]}]}}, "experiments": [],
             "dateUpdated": "2026-11-23T08:00:58.860Z"}""";

    /** A change, as the stream tells it. */
    static final String EVENT = """
            id:15
            event:features
            data:{"status":200,"features":{"checkout-button":{"defaultValue":false,"rules":[{"id":"checkout-button",\
            "key":"checkout-button","name":"Bigger button","phase":"0","hashAttribute":"id","hashVersion":2,\
            "seed":"f45ef460e28b501b","variations":[false,true],"meta":[{"key":"control"},{"key":"treatment"}],\
            "ranges":[[0,0.5],[0.5,1]],"filters":[{"attribute":"id","seed":"20991e6cf806dbb8","hashVersion":2,\
            "ranges":[[0.05,1]],"kind":"holdout"}],"condition":{"country":{"$in":["DE","FR"]}}}],\
            "microlift":{"version":3,"phase":"running","unitType":"user","assignment":"microlift","control":0,\
            "variants":[{"key":"control","value":false},{"key":"treatment","value":true}],"overrides":{},\
            "exposure":"explicit"}}},"dateUpdated":"2026-11-23T08:00:58.860Z"}

            """;

    private PayloadExamples() {}
}
