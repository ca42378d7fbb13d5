package dev.microlift.server;

import static dev.microlift.server.TestServer.sending;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Asks the running application for variants. */
public final class Evaluations {

    private Evaluations() {}

    /** One flag's answer for a user, with more attributes of one's own. */
    public static JsonPath evaluate(String flag, String user, String more) {
        return sending("{\"context\": {\"targetingKey\": \"" + user + "\"" + (more.isEmpty() ? "" : ", " + more) + "}}")
                .post("/ofrep/v1/evaluate/flags/" + flag)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The variant that a user belongs to, if any. */
    public static Optional<String> variant(String flag, String user) {
        return Optional.ofNullable(evaluate(flag, user, "").getString("variant"));
    }

    /** What keeps a user out, if anything. */
    public static Optional<String> outside(String flag, String user) {
        return Optional.ofNullable(evaluate(flag, user, "").getString("metadata.outside"));
    }

    /** As many users. */
    public static List<String> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> "user-" + i).toList();
    }
}
