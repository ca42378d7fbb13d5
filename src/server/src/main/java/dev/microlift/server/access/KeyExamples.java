package dev.microlift.server.access;

/** Keys as they are answered, for the API's documentation. */
final class KeyExamples {

    /** Just made. */
    static final String CREATED = """
            {"id": "celLV4qzEA", "name": "web shop", "role": "client",
             "key": "mlc_celLV4qzEA_dDuiOj1HBVhNrLN4mV7mcnQGHtO…", "origins": ["https://shop.example"],
             "hideRules": false, "createdAt": "2026-11-23T08:00:58.618Z"}""";

    /** Without its secret. */
    static final String KEY = """
            {"id": "celLV4qzEA", "name": "web shop", "role": "client", "origins": ["https://shop.example"],
             "hideRules": false, "createdAt": "2026-11-23T08:00:58.618Z", "lastUsedAt": "2026-11-23T08:01:00.000Z"}""";

    /** The one that took its place, just made. */
    static final String ROTATED = """
            {"id": "JAbdOS4YtM", "name": "web shop", "role": "client",
             "key": "mlc_JAbdOS4YtM_qFdoUErQD4sMoHcBDkbeIGd5IyBD…", "origins": ["https://shop.example"],
             "hideRules": false, "createdAt": "2026-11-23T08:00:58.868Z"}""";

    /** Rotated, then revoked. */
    static final String REVOKED = """
            {"id": "celLV4qzEA", "name": "web shop", "role": "client", "origins": ["https://shop.example"],
             "hideRules": false, "createdAt": "2026-11-23T08:00:58.618Z", "expiresAt": "2026-11-24T08:00:58.867Z",
             "revokedAt": "2026-11-23T08:01:46.827Z", "replacedBy": "JAbdOS4YtM"}""";

    /** A list of it. */
    static final String LIST = "{\"items\": [" + KEY + "], \"nextCursor\": null}";

    private KeyExamples() {}
}
