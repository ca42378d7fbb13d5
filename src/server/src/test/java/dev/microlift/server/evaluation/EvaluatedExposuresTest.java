package dev.microlift.server.evaluation;

import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.microlift.server.TestServer;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.Questions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is recorded by evaluating keeps to the rules for what apps send. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class EvaluatedExposuresTest {

    private static final String GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    @Inject
    EventStore store;

    private static ValidatableResponse evaluate(String experiment, String key, String context) {
        return as(key).header("User-Agent", GOOGLE)
                .contentType("application/json")
                .body("{\"context\": {" + context + "}}")
                .post("/ofrep/v1/evaluate/flags/" + experiment)
                .then()
                .statusCode(200)
                .body("reason", equalTo("SPLIT"));
    }

    private List<String> recorded(String experiment, String columns) {
        return Questions.ask(store, "select " + columns + " from events where experiment = ?", experiment);
    }

    @Test
    void aRobotWithAClientKeyIsMarked() {
        String experiment = startExperiment("\"exposure\": \"onEvaluation\"");

        evaluate(experiment, TestServer.newKey("client"), "\"targetingKey\": \"u1\"")
                .body("metadata.exposureLogged", equalTo(true));

        assertThat(recorded(experiment, "user_id, bot")).containsExactly("u1|true");
    }

    @Test
    void aBackEndAsksForSomebodyWhateverItsLibraryIsCalled() {
        String experiment = startExperiment("\"exposure\": \"onEvaluation\"");

        evaluate(experiment, TestServer.newKey("server"), "\"targetingKey\": \"u1\"");

        assertThat(recorded(experiment, "user_id, bot")).containsExactly("u1|false");
    }

    @Test
    void whatBrokenCodeSendsInPlaceOfAnIdGetsAVariantButNoExposure() {
        String experiment = startExperiment("\"exposure\": \"onEvaluation\"");

        for (String placeholder : List.of("undefined", "null", "[object Object]")) {
            evaluate(experiment, TestServer.ADMIN_KEY, "\"targetingKey\": \"" + placeholder + "\"")
                    .body("metadata.exposureLogged", not(equalTo(true)));
        }

        assertThat(recorded(experiment, "user_id")).isEmpty();
    }

    @Test
    void aContextThatIsLargerThanAMessageMayBeIsNotKept() {
        String experiment = startExperiment("\"exposure\": \"onEvaluation\"");

        evaluate(experiment, TestServer.ADMIN_KEY, "\"targetingKey\": \"u1\", \"a\": \"" + "x".repeat(33_000) + "\"")
                .body("metadata.exposureLogged", not(equalTo(true)));

        assertThat(recorded(experiment, "user_id")).isEmpty();
    }

    @Test
    void attributesAreFrozenAtTheFirstExposureAndDoNotNameTheVariant() {
        String experiment = startExperiment("\"exposure\": \"onEvaluation\"");
        String user = newKey("user");

        for (String country : List.of("DE", "FR")) {
            evaluate(
                    experiment,
                    TestServer.ADMIN_KEY,
                    "\"targetingKey\": \"" + user + "\", \"variation_id\": \"none\", \"country\": \"" + country + "\"");
        }

        String variant = recorded(experiment, "variant").get(0);
        assertThat(variant).isIn("control", "treatment");
        assertThat(recorded(experiment, "json_extract_string(properties, '/country')"))
                .containsExactly("DE");
    }
}
