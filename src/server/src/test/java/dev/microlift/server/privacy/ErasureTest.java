package dev.microlift.server.privacy;

import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.microlift.server.DataFiles;
import dev.microlift.server.TestServer;
import dev.microlift.server.eventlog.BackupLinks;
import dev.microlift.server.eventlog.Selection;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.Questions;
import dev.microlift.server.eventstore.StoredUnits;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ErasureTest {

    @Inject
    @ConfigProperty(name = "microlift.data-dir")
    Path data;

    @Inject
    EventStore store;

    @Inject
    StoredUnits units;

    @Inject
    UnlinkedIds unlinked;

    @Inject
    Erasures erasures;

    @Inject
    ErasedUnits erased;

    @Inject
    ErasureRun run;

    private String user = "user-" + UUID.randomUUID();
    private final String visitor = "visitor-" + UUID.randomUUID();

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static JsonPath sendBatch(String... messages) {
        return sending("{\"batch\": [" + String.join(",", messages) + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String track(String ids) {
        return "{\"type\": \"track\", \"event\": \"Seen\", " + ids + "}";
    }

    private String asUser() {
        return "\"userId\": \"" + user + "\"";
    }

    private String asVisitor() {
        return "\"anonymousId\": \"" + visitor + "\"";
    }

    /** Messages of all kinds, and one that is rejected. */
    private void live() {
        sendBatch(
                track(asUser() + ", \"properties\": {\"me\": \"" + user + "\"}"),
                track(asVisitor()),
                "{\"type\": \"identify\", " + asUser() + ", " + asVisitor() + "}",
                "{\"type\": \"alias\", \"userId\": \"other\", \"previousId\": \"" + user + "\"}",
                "{\"type\": \"page\", " + asUser() + ", \"context\": {\"units\": {\"account\": \"a9\"}}}",
                "{\"type\": \"track\", \"event\": \"Experiment Viewed\", " + asUser()
                        + ", \"properties\": {\"experiment_id\": \"e\", \"variation_id\": \"v\"}}",
                "{\"type\": \"track\", " + asUser() + "}");
    }

    private static long rejectsWith(String text) {
        return asAdmin()
                .queryParam("limit", 1000)
                .get("/api/v1/rejects")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.message", String.class)
                .stream()
                .filter(message -> message.contains(text))
                .count();
    }

    private String erase(String unitType, String id, String query) {
        String location = asAdmin()
                .delete("/api/v1/units/" + unitType + "/" + id + query)
                .then()
                .statusCode(202)
                .body("unitHash", not(equalTo(id)))
                .extract()
                .header("Location");
        String path = location.substring(location.indexOf("/api/"));
        awaitDone(path);
        return path;
    }

    private static void awaitDone(String path) {
        await(() -> asAdmin().get(path).jsonPath().getString("step").equals("done"));
    }

    private List<Path> filesWithUser() throws IOException {
        return DataFiles.with(data, user);
    }

    private List<String> stored(String id) {
        return Questions.ask(
                store,
                "select message_id from events where user_id = ? or anonymous_id = ? or contains(properties, ?)",
                id,
                id,
                id);
    }

    @Test
    void noFileHoldsAByteOfAnErasedUnit() throws Exception {
        live();
        await(() -> rejectsWith(user) == 1);
        assertThat(stored(user)).hasSize(5);
        assertThat(filesWithUser())
                .extracting(file -> data.relativize(file).getName(0).toString())
                .contains("log", "postgres");

        String path = erase("user", user, "");

        assertThat(filesWithUser()).isEmpty();
        assertThat(stored(user)).isEmpty();
        assertThat(rejectsWith(user)).isZero();
        assertThat(stored(visitor)).as("of another id").hasSize(1);
        asAdmin()
                .get(path)
                .then()
                .body("messages", equalTo(5))
                .body("rejects", equalTo(1))
                .body("failure", nullValue())
                .body("doneAt", not(nullValue()));
    }

    /** What a backup would hold on to. */
    private Path linkLogs() throws IOException {
        Path links = Files.createDirectories(data.resolve("backup-links").resolve("log"));
        try (Stream<Path> files = Files.list(data.resolve("log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.createLink(links.resolve(file.getFileName()), file);
            }
        }
        return links;
    }

    @Test
    void aBackupThatWasKilledKeepsNothingOfAnErasedUnit() throws Exception {
        live();
        assertThat(stored(user)).hasSize(5);
        Path links = linkLogs();
        assertThat(DataFiles.with(links, user)).isNotEmpty();

        erase("user", user, "");

        assertThat(filesWithUser()).isEmpty();
    }

    @Test
    void aBackupThatIsBeingMadeKeepsTheUnitAndTheErasureThatIsToBeFinished() throws Exception {
        live();
        assertThat(stored(user)).hasSize(5);
        String id;
        try (BackupLinks backup = BackupLinks.take(data)) {
            Files.createDirectories(backup.folder());
            id = erasures.request(new Selection.OfUnit("user", user), false).id();
            await(() -> erasures.get(id).step() == Erasure.Step.LOG);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));

            assertThat(erasures.get(id).step()).isEqualTo(Erasure.Step.LOG);
            assertThat(backup.folder()).exists();
            assertThat(DataFiles.with(data.resolve("log"), user)).isNotEmpty();
        }
        awaitDone("/api/v1/erasures/" + id);
        assertThat(filesWithUser()).isEmpty();
    }

    @Test
    void aReportThatWasReadBeforeForgetsTheUnitToo() {
        String experiment = startExperiment("");
        String report = "/api/v1/experiments/" + experiment + "/report?population=all";
        sendBatch("{\"type\": \"track\", \"event\": \"Experiment Viewed\", " + asUser()
                + ", \"properties\": {\"experiment_id\": \"" + experiment + "\", \"variation_id\": \"control\"}}");
        asAdmin().get(report).then().statusCode(200).body("population.exposed", equalTo(1));

        erase("user", user, "");

        asAdmin().get(report).then().statusCode(200).body("population.exposed", equalTo(0));
    }

    @Test
    void whatIsSentOfItAgainIsRefusedOneByOneAndStoredNowhere() throws Exception {
        live();
        erase("user", user, "");

        JsonPath answer = sendBatch(
                track("\"userId\": \"somebody else\""),
                track(asUser()),
                "{\"type\": \"alias\", \"userId\": \"other\", \"previousId\": \"" + user + "\"}",
                "{\"type\": \"track\", " + asUser() + "}");

        assertThat(answer.getInt("accepted")).isEqualTo(1);
        assertThat(answer.getList("rejected.code", String.class))
                .containsExactly("unit-erased", "unit-erased", "missing-event");
        sending(track(asUser()))
                .post("/v1/track")
                .then()
                .statusCode(200)
                .body("rejected[0].code", equalTo("unit-erased"));
        asAdmin()
                .contentType("application/x-ndjson; charset=UTF-8")
                .body((track(asUser()) + "\n" + track("\"userId\": \"somebody else\"")).getBytes(UTF_8))
                .post("/v1/import")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejects[0].code", equalTo("unit-erased"));
        await(() -> ""
                .equals(asAdmin()
                        .queryParam("code", "missing-event")
                        .queryParam("limit", 1)
                        .get("/api/v1/rejects")
                        .jsonPath()
                        .getString("items[0].message")));
        assertThat(filesWithUser()).isEmpty();
    }

    @Test
    void aRejectThatWasNotWrittenYetLosesItsText() throws Exception {
        erase("user", user, "");

        sending("{\"batch\": [{\"userId\": \"" + user + "\", broken")
                .post("/v1/batch")
                .then()
                .statusCode(400);

        await(() -> asAdmin()
                .queryParam("code", "malformed-json")
                .queryParam("limit", 1)
                .get("/api/v1/rejects")
                .jsonPath()
                .getList("items.message", String.class)
                .equals(List.of("")));
        assertThat(filesWithUser()).isEmpty();
    }

    @Test
    void anErasedUnitGetsItsVariantAndIsNotRecorded() throws Exception {
        String experiment = startExperiment("\"exposure\": \"onEvaluation\"");
        String question = "{\"context\": {\"targetingKey\": \"" + user + "\"}}";
        String before = sending(question)
                .post("/ofrep/v1/evaluate/flags/" + experiment)
                .then()
                .statusCode(200)
                .body("metadata.exposureLogged", equalTo(true))
                .extract()
                .path("variant");
        erase("user", user, "");

        sending(question)
                .post("/ofrep/v1/evaluate/flags/" + experiment)
                .then()
                .statusCode(200)
                .body("variant", equalTo(before))
                .body("metadata.exposureLogged", not(equalTo(true)));
        assertThat(filesWithUser()).isEmpty();
    }

    @Test
    void linkedIdsAreListedUntilTheyAreErasedThemselves() throws Exception {
        sendBatch(
                "{\"type\": \"identify\", " + asUser() + ", " + asVisitor() + "}",
                track(asVisitor() + ", \"userId\": \"another\""));
        String path = erase("user", user, "");
        asAdmin()
                .get(path)
                .then()
                .body("linked", equalTo(List.of(Map.of("unitType", "anonymous", "id", visitor, "shared", true))));

        erase("anonymous", visitor, "");

        asAdmin().get(path).then().body("linked", equalTo(List.of()));
        assertThat(DataFiles.with(data, visitor)).isEmpty();
    }

    /** A tablet that belongs to the user, and then to somebody else as well. */
    private void share() {
        sendBatch(
                "{\"type\": \"identify\", \"timestamp\": \"2026-01-31T08:00:00Z\", " + asUser() + ", " + asVisitor()
                        + "}",
                "{\"type\": \"identify\", \"timestamp\": \"2026-01-31T09:00:00Z\", \"userId\": \"next\", " + asVisitor()
                        + "}");
    }

    private List<String> owners() {
        return Questions.ask(store, "select user_id from links where anonymous_id = ?", visitor);
    }

    @Test
    void nobodyInheritsTheVisitorOfAnErasedUser() {
        share();
        assertThat(owners()).containsExactly(user);

        erase("user", user, "");

        assertThat(owners()).isEmpty();
    }

    @Test
    void nobodyInheritsTheVisitorOfAnErasedUserWhenTheStoreWasMadeAnew() {
        share();
        erase("user", user, "");
        units.disown(List.of());
        assertThat(owners()).containsExactly("next");

        unlinked.tellAtStart(new StartupEvent());

        assertThat(owners()).isEmpty();
    }

    @Test
    void aVisitorThatNobodyInheritsIsForgottenWhenItIsErasedItself() throws Exception {
        share();
        erase("user", user, "");
        assertThat(DataFiles.with(data, visitor)).isNotEmpty();

        erase("anonymous", visitor, "");

        assertThat(DataFiles.with(data, visitor)).isEmpty();
    }

    @Test
    void linkedIdsOfNobodyElseAreErasedTooWhenAsked() throws Exception {
        live();

        erase("user", user, "?linked=true");

        await(() -> asAdmin()
                .get("/api/v1/erasures")
                .jsonPath()
                .getList("items.findAll { it.step != 'done' }")
                .isEmpty());
        assertThat(DataFiles.with(data, visitor)).isEmpty();
        assertThat(stored(visitor)).isEmpty();
        assertThat(sendBatch(track(asVisitor())).getList("rejected.code", String.class))
                .containsExactly("unit-erased");
    }

    @Test
    void whateverStepWasTheLastBeforeAnEndItIsFinishedAfterwards() throws Exception {
        for (Erasure.Step last : Erasure.Step.values()) {
            user = "user-" + UUID.randomUUID();
            live();
            Erasure noted = erasures.note(new Selection.OfUnit("user", user), false);
            erased.refuseAll();
            ErasureEntity now = find(noted.id());
            while (now.step != last) {
                run.take(now, linked -> {});
                now = find(noted.id());
            }

            erasures.resume();

            awaitDone("/api/v1/erasures/" + noted.id());
            assertThat(filesWithUser()).as("ended before %s", last).isEmpty();
            assertThat(stored(user)).isEmpty();
        }
    }

    private static ErasureEntity find(String id) {
        return QuarkusTransaction.requiringNew().call(() -> ErasureEntity.findById(id));
    }

    @Test
    void aUnitOfAnotherTypeKeepsItsEvents() {
        sendBatch(track("\"anonymousId\": \"" + user + "\""));

        erase("user", user, "");

        assertThat(stored(user)).hasSize(1);
        assertThat(sendBatch(track("\"anonymousId\": \"" + user + "\"")).getInt("accepted"))
                .isEqualTo(1);
    }

    @Test
    void aUnitOfAnOwnTypeIsErasedByItsName() throws Exception {
        String account = "account-" + UUID.randomUUID();
        sendBatch(track("\"userId\": \"member\", \"context\": {\"units\": {\"account\": \"" + account + "\"}}"));

        String path = erase("account", account, "");

        assertThat(DataFiles.with(data, account)).isEmpty();
        asAdmin().get(path).then().body("messages", equalTo(1)).body("linked", equalTo(List.of()));
    }

    @Test
    void anIdOfAnyCharactersIsErased() throws Exception {
        user = "é\"\\ü/" + UUID.randomUUID();
        String json = "\"userId\": \"" + user.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        sendBatch(track(json), "{\"type\": \"track\", " + json + "}");
        String plainEnd = user.substring(6);
        await(() -> rejectsWith(plainEnd) == 1);

        String location = asAdmin()
                .urlEncodingEnabled(true)
                .delete("/api/v1/units/{type}/{id}", "user", user)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        awaitDone(location.substring(location.indexOf("/api/")));

        assertThat(DataFiles.with(data, plainEnd)).isEmpty();
    }

    @Test
    void erasuresAreListedTheNewestFirstAndUnknownOnesAreNot() {
        String path = erase("user", user, "");

        asAdmin()
                .queryParam("limit", 1)
                .get("/api/v1/erasures")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(path.substring(path.lastIndexOf('/') + 1)));
        asAdmin().get("/api/v1/erasures/no-such-thing").then().statusCode(404);
        asAdmin().get("/api/v1/erasures?cursor=x").then().statusCode(400);
        asAdmin().delete("/api/v1/units/user/" + "x".repeat(257)).then().statusCode(400);
        asAdmin().delete("/api/v1/units/user/u?linked=perhaps").then().statusCode(400);
    }

    @Test
    void everythingOfAUnitIsExportedInTheOrderOfTime() {
        sendBatch(
                "{\"type\": \"track\", \"event\": \"Later\", " + asUser()
                        + ", \"timestamp\": \"2026-01-02T00:00:00Z\", \"properties\": {\"a\": 1}, \"context\": {\"b\": 2}}",
                "{\"type\": \"track\", \"event\": \"Experiment Viewed\", " + asUser()
                        + ", \"timestamp\": \"2026-01-01T00:00:00Z\","
                        + " \"properties\": {\"experiment_id\": \"e\", \"variation_id\": \"v\"}}",
                track("\"userId\": \"" + user + "0\""));

        List<JsonPath> lines = asAdmin()
                .get("/api/v1/units/user/" + user + "/events")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString()
                .lines()
                .map(JsonPath::from)
                .toList();

        assertThat(lines).extracting(line -> line.getString("event")).containsExactly("Experiment Viewed", "Later");
        assertThat(lines.get(0).getString("exposure.variant")).isEqualTo("v");
        assertThat(lines.get(1).getInt("properties.a")).isEqualTo(1);
        assertThat(lines.get(1).getInt("context.b")).isEqualTo(2);
    }
}
