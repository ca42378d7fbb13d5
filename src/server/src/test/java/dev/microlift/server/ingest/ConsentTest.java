package dev.microlift.server.ingest;

import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.microlift.server.TestServer;
import dev.microlift.server.eventstore.Questions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ConsentTest extends OneMessage {

    private static final List<String> REFUSALS = List.of(
            "false",
            "{\"categoryPreferences\": {\"analytics\": false, \"marketing\": true}}",
            "{\"categoryPreferences\": {\"Advertising\": true, \"Analytics\": false}}");

    private static final List<String> CONSENTS = List.of(
            "true",
            "null",
            "\"false\"",
            "{}",
            "{\"categoryPreferences\": {\"analytics\": true, \"marketing\": false}}",
            "{\"categoryPreferences\": {\"marketing\": false}}");

    private String withConsent(String messageId, String consent) {
        return "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u1\", \"messageId\": \"" + messageId
                + "\", \"context\": {\"consent\": " + consent + "}}";
    }

    private List<String> all() {
        return Questions.ask(store, "select message_id from events where starts_with(message_id, ?) order by all", id);
    }

    @Test
    void messagesWithoutConsentAreRejectedAloneAndNotStored() {
        String batch = "{\"batch\": [" + withConsent(id + "0", REFUSALS.get(0)) + ","
                + withConsent(id + "1", REFUSALS.get(1)) + "," + withConsent(id + "2", REFUSALS.get(2)) + ","
                + withConsent(id + "3", "true") + "]}";

        sending(batch)
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejected.code", equalTo(List.of("no-consent", "no-consent", "no-consent")))
                .body("rejected.messageId", equalTo(List.of(id + "0", id + "1", id + "2")));

        assertThat(all()).containsExactly(id + "3");
    }

    @Test
    void whatSaysNoRefusalIsStored() {
        for (int i = 0; i < CONSENTS.size(); i++) {
            sending(withConsent(id + i, CONSENTS.get(i)))
                    .post("/v1/track")
                    .then()
                    .statusCode(200)
                    .body("accepted", equalTo(1));
        }

        assertThat(all()).hasSize(CONSENTS.size());
    }

    @Test
    void theContextOfABatchSpeaksForMessagesThatDoNotSay() {
        sending("{\"context\": {\"consent\": false}, \"batch\": [" + track() + "," + withConsent(id + "1", "true")
                        + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejected.code", equalTo(List.of("no-consent")));

        assertThat(all()).containsExactly(id + "1");
    }

    @Test
    void aSingleMessageWithoutConsentIsNoMistakeOfItsSender() {
        sending(withConsent(id, "false"))
                .post("/v1/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0))
                .body("rejected[0].code", equalTo("no-consent"));

        assertThat(all()).isEmpty();
    }

    @Test
    void importsAskForConsentToo() {
        asAdmin()
                .contentType("application/x-ndjson; charset=UTF-8")
                .body(withConsent(id, "false").getBytes(UTF_8))
                .post("/v1/import")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0))
                .body("rejects[0].code", equalTo("no-consent"));
        asAdmin()
                .contentType("text/csv; charset=UTF-8")
                .body("event,userId,messageId,context.consent\ne,u1," + id + ",false\n")
                .post("/v1/import")
                .then()
                .statusCode(200)
                .body("rejects[0].code", equalTo("no-consent"));

        assertThat(all()).isEmpty();
    }

    @Test
    void nothingOfWhatTheySayIsKeptAmongTheRejects() {
        String wrong = "{\"type\": \"track\", \"userId\": \"" + id + "-u\", \"context\": {\"consent\": false}}";
        sending("{\"batch\": [" + wrong + "]}").post("/v1/batch").then().statusCode(200);
        String seen = "{\"type\": \"track\", \"userId\": \"" + id + "-seen\"}";
        sending("{\"batch\": [" + seen + "]}").post("/v1/batch").then().statusCode(200);

        // The later one is there, so the earlier one would be.
        long start = System.nanoTime();
        while (!rejects().contains(id + "-seen")) {
            assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(rejects()).doesNotContain(id + "-u");
    }

    private static String rejects() {
        return asAdmin().get("/api/v1/rejects?limit=1000").asString();
    }

    @Test
    void theyAreCounted() {
        sending(withConsent(id, "false")).post("/v1/track").then().statusCode(200);

        asAdmin().get("/q/metrics").then().body(containsString("microlift_ingest_rejected_total{code=\"no-consent\"}"));
    }

    @Test
    void whoeverDoesNotConsentGetsAVariantButNoExposure() {
        String experiment = startExperiment("\"exposure\": \"onEvaluation\"");

        for (String consent : REFUSALS) {
            sending("{\"context\": {\"targetingKey\": \"" + id + "\", \"consent\": " + consent + "}}")
                    .post("/ofrep/v1/evaluate/flags/" + experiment)
                    .then()
                    .statusCode(200)
                    .body("reason", equalTo("SPLIT"))
                    .body("metadata.exposureLogged", not(equalTo(true)));
        }

        assertThat(Questions.ask(store, "select 1 from events where user_id = ?", id))
                .isEmpty();
    }
}
