package dev.microlift.server.privacy;

import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.microlift.server.TestServer;
import dev.microlift.server.eventlog.Selection;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.FirstExposures;
import dev.microlift.server.eventstore.Questions;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class RetentionTest {

    private static final Instant NOW = Instant.parse("2030-05-20T12:00:00Z");

    @Inject
    Retention retention;

    @Inject
    Experiments experiments;

    @Inject
    EventStore store;

    private final String event = "Event " + UUID.randomUUID();

    private static RetentionRule days(String event, int days) {
        return new RetentionRule(event, Duration.ofDays(days));
    }

    @Test
    void aRuleIsMadeChangedReadListedAndRemoved() {
        asAdmin().get("/api/v1/retention/" + event).then().statusCode(404);
        sending("{\"keepFor\": \"P30D\"}")
                .put("/api/v1/retention/" + event)
                .then()
                .statusCode(200);
        sending("{\"keepFor\": \"P90D\"}")
                .put("/api/v1/retention/" + event)
                .then()
                .statusCode(200)
                .body("eventName", equalTo(event))
                .body("keepFor", equalTo("P90D"));

        asAdmin().get("/api/v1/retention/" + event).then().statusCode(200).body("keepFor", equalTo("P90D"));
        asAdmin().get("/api/v1/retention?limit=1000").then().body("items.eventName", hasItem(event));

        asAdmin().delete("/api/v1/retention/" + event).then().statusCode(204);
        asAdmin().delete("/api/v1/retention/" + event).then().statusCode(404);
    }

    @Test
    void aWrongDurationIsNamed() {
        for (String wrong :
                List.of("{}", "{\"keepFor\": \"P1DT1H\"}", "{\"keepFor\": \"soon\"}", "{\"keepFor\": \"-P1D\"}")) {
            sending(wrong)
                    .put("/api/v1/retention/" + event)
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("/keepFor"));
        }
        sending("{\"keepFor\": \"P1D\", \"keep\": 1}")
                .put("/api/v1/retention/" + event)
                .then()
                .statusCode(400);
    }

    @Test
    void wholeDaysGoAndNamesWithoutARuleFollowTheSetting() {
        Selection.Expired expired =
                Retention.expired(List.of(days("a", 2)), Optional.of(Duration.ofDays(90)), List.of(), Map.of(), NOW);

        assertThat(expired.receivedBefore()).isEqualTo(Map.of("a", Instant.parse("2030-05-18T00:00:00Z")));
        assertThat(expired.othersBefore()).contains(Instant.parse("2030-02-19T00:00:00Z"));
        assertThat(Retention.expired(List.of(), Optional.empty(), List.of(), Map.of(), NOW)
                        .othersBefore())
                .isEmpty();
    }

    @Test
    void whatALiveExperimentAsksAboutStays() {
        Experiment live =
                experiments.get(startExperiment("\"plan\": {\"window\": \"P7D\", \"preExposure\": \"P14D\"}"));

        Selection.Expired expired =
                Retention.expired(List.of(days("a", 2)), Optional.empty(), List.of(live), Map.of(), NOW);

        assertThat(expired.receivedBefore())
                .containsEntry("a", live.started().orElseThrow().minus(Duration.ofDays(14)));
    }

    @Test
    void whatExposuresBeforeTheStartNeedStaysWhereAnotherToolAssigns() {
        String key = createExperiment(
                "\"assignment\": \"external\", \"plan\": {\"window\": \"P7D\", \"preExposure\": \"P14D\"}");
        sending("{\"event\": \"Experiment Viewed\", \"userId\": \"u\", \"timestamp\": \"2026-01-31T08:00:00Z\","
                        + " \"properties\": {\"experiment_id\": \"" + key + "\", \"variation_id\": \"control\"}}")
                .post("/v1/track")
                .then()
                .statusCode(200);
        asAdmin().post("/api/v1/experiments/" + key + "/start").then().statusCode(200);

        Selection.Expired expired = Retention.expired(
                List.of(days("a", 2)),
                Optional.empty(),
                List.of(experiments.get(key)),
                FirstExposures.of(store, List.of(key)),
                NOW);

        assertThat(expired.receivedBefore()).containsEntry("a", Instant.parse("2026-01-17T08:00:00Z"));
    }

    @Test
    void linksStayWhileAnExperimentOfUsersLives() {
        Experiment ofUsers = experiments.get(startExperiment(""));

        assertThat(Retention.expired(List.of(), Optional.empty(), List.of(ofUsers), Map.of(), NOW)
                        .keepsLinks())
                .isTrue();
        assertThat(Retention.expired(List.of(), Optional.empty(), List.of(), Map.of(), NOW)
                        .keepsLinks())
                .isFalse();
    }

    @Test
    void linksThatAreKeptStayWhileOtherIdentificationsGo() throws Exception {
        sending("{\"batch\": [{\"type\": \"identify\", \"userId\": \"u\", \"anonymousId\": \"" + event
                        + "\"}, {\"type\": \"identify\", \"anonymousId\": \"" + event + " too\"}]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);

        retention.erase(new Selection.Expired(
                Map.of("identify", Instant.now().plus(Duration.ofDays(2))), Optional.empty(), true));

        assertThat(Questions.ask(
                        store, "select anonymous_id, user_id from events where starts_with(anonymous_id, ?)", event))
                .containsExactly(event + "|u");
    }

    @Test
    void expiredEventsAreErasedAndOthersAreNot() throws Exception {
        String other = event + " other";
        sending("{\"batch\": [{\"type\": \"track\", \"userId\": \"u\", \"event\": \"" + event
                        + "\"}, {\"type\": \"track\", \"userId\": \"u\", \"event\": \"" + other + "\"}]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);

        retention.erase(
                new Selection.Expired(Map.of(event, Instant.now().plus(Duration.ofDays(2))), Optional.empty(), false));

        assertThat(Questions.ask(store, "select name from events where starts_with(name, ?)", event))
                .containsExactly(other);
    }

    @Test
    void whatIsNewStays() throws Exception {
        sending("{\"keepFor\": \"P1D\"}")
                .put("/api/v1/retention/" + event)
                .then()
                .statusCode(200);
        sending("{\"type\": \"track\", \"userId\": \"u\", \"event\": \"" + event + "\"}")
                .post("/v1/track")
                .then()
                .statusCode(200);

        retention.apply();

        assertThat(Questions.ask(store, "select name from events where name = ?", event))
                .containsExactly(event);
        asAdmin().delete("/api/v1/retention/" + event).then().statusCode(204);
    }
}
