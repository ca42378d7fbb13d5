package dev.microlift.server.ingest;

/** What the tracking routes answer, for the API's documentation. */
final class OutcomeExamples {

    /** One message that is stored now. */
    static final String ONE = """
            {"success": true, "accepted": 1, "duplicates": 0, "rejected": []}""";

    /** A batch of two, of which one is wrong. */
    static final String BATCH = """
            {"success": true, "accepted": 1, "duplicates": 0,
             "rejected": [{"index": 1, "messageId": "m-2", "code": "placeholder-id",
               "detail": "this is no id but what broken code sends in place of one"}]}""";

    private OutcomeExamples() {}
}
