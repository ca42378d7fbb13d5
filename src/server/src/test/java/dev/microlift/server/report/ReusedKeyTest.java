package dev.microlift.server.report;

import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key of an experiment that was deleted may be used again. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ReusedKeyTest {

    private static final String EXPERIMENTS = "/api/v1/experiments/";

    private final String key = newKey("reused");
    private String journey;

    @BeforeEach
    void setUp() {
        journey = createJourney();
    }

    private void start(String more) {
        sending(experiment(key, journey, more)).post(EXPERIMENTS).then().statusCode(201);
        asAdmin().post(EXPERIMENTS + key + "/start").then().statusCode(200);
    }

    private void delete() {
        for (String move : List.of("stop", "archive")) {
            asAdmin().post(EXPERIMENTS + key + "/" + move).then().statusCode(200);
        }
        asAdmin().delete(EXPERIMENTS + key).then().statusCode(204);
    }

    private void expose(String user) {
        sending("{\"batch\": [{\"type\": \"track\", \"userId\": \"" + user
                        + "\", \"event\": \"Experiment Viewed\", \"properties\": {\"experiment_id\": \"" + key
                        + "\", \"variation_id\": \"control\"}}]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);
    }

    private void evaluate(String user) {
        sending("{\"context\": {\"targetingKey\": \"" + user + "\"}}")
                .post("/ofrep/v1/evaluate/flags/" + key)
                .then()
                .statusCode(200);
    }

    private int exposed() {
        return asAdmin()
                .get(EXPERIMENTS + key + "/report")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("population.exposed");
    }

    @Test
    void exposuresToTheOneBeforeAreNotCounted() {
        start("");
        expose("u1");
        expose("u2");
        assertThat(exposed()).isEqualTo(2);
        delete();

        start("");
        assertThat(exposed()).isZero();
        expose("u2");
        expose("u3");
        assertThat(exposed()).isEqualTo(2);
        expose("u1");
        assertThat(exposed()).isEqualTo(3);
    }

    @Test
    void unitsThatEvaluatedTheOneBeforeAreExposedAnew() {
        start("\"exposure\": \"onEvaluation\"");
        evaluate("u1");
        assertThat(exposed()).isEqualTo(1);
        delete();

        start("\"exposure\": \"onEvaluation\"");
        evaluate("u1");
        assertThat(exposed()).isEqualTo(1);
    }

    @Test
    void whatAnotherToolAssignedBelongsToTheKey() {
        start("\"assignment\": \"external\"");
        expose("u1");
        delete();

        start("\"assignment\": \"external\"");
        assertThat(exposed()).isEqualTo(1);
    }
}
