package dev.microlift.server.launch;

import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.journey;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.ServerProcess;
import dev.microlift.server.ServerProcess.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built server keeps its configuration, in the database it brings and in one that is given to it. */
class ConfigurationStoreIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void theEmbeddedDatabaseKeepsEverythingThroughAStopAndAKill() throws Exception {
        Path data = Files.createDirectory(directory.resolve("embedded"));

        keepsEverything(data, Map.of());

        assertThat(data.resolve("postgres")).isDirectory();
        assertThat(data.resolve("postgres").resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void anEmbeddedDatabaseThatIsKilledIsStartedAgainWithEverything() throws Exception {
        Path data = Files.createDirectory(directory.resolve("killed"));
        try (ServerProcess server = ServerProcess.start(data)) {
            created(server.post("/api/v1/journeys", journey("shop")));
            String before = configuration(server);

            server.killDatabase();
            assertThat(configuration(server)).isEqualTo(before);
            created(server.post("/api/v1/journeys", journey("other")));
        }
    }

    @Test
    void aPostgresGivenByItsAddressKeepsEverythingAndNoOtherIsStarted() throws Exception {
        Path data = Files.createDirectory(directory.resolve("external"));
        try (EmbeddedPostgres external = external(0)) {
            execute(external, "postgres", "create role microlift login password 'a-secret'");
            execute(external, "postgres", "create database microlift owner microlift");
            Map<String, String> environment = Map.of(
                    "MICROLIFT_DATABASE_URL",
                    "postgresql://127.0.0.1:" + external.getPort() + "/microlift",
                    "MICROLIFT_DATABASE_USER",
                    "microlift",
                    "MICROLIFT_DATABASE_PASSWORD",
                    "a-secret");

            keepsEverything(data, environment);

            assertThat(data.resolve("postgres")).doesNotExist();
            assertThat(experimentsIn(external, "microlift")).isEqualTo(1);

            isBackedUpAndRestored(data, environment, external);
            isRefusedAfterALaterRelease(data, environment, external);
        }
    }

    @Test
    void whileTheDatabaseIsAwayTheServerIsReadyForAssignmentAndIngestAndTheRestIsToBeAskedAgain() throws Exception {
        Path data = Files.createDirectory(directory.resolve("without"));
        try (EmbeddedPostgres external = external(0);
                ServerProcess server = ServerProcess.start(
                        data,
                        Map.of(
                                "MICROLIFT_DATABASE_URL",
                                "postgresql://127.0.0.1:" + external.getPort() + "/postgres",
                                "MICROLIFT_DATABASE_USER",
                                "postgres"))) {
            created(server.post("/api/v1/journeys", journey("shop")));
            created(server.post(
                    "/api/v1/experiments", experiment("button", "shop", "\"plan\": {\"window\": \"P7D\"}")));
            server.post("/api/v1/experiments/button/start", "");
            String variant = variant(server);
            stop(external);

            server.await(
                    "/q/health/ready",
                    ready -> ready.statusCode() == 200 && ready.body().contains("\"databaseAnswers\": false"));
            HttpResponse<String> refused = server.get("/api/v1/experiments/button");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(refused.body()).contains("urn:microlift:problem:unavailable", "configuration database");
            assertThat(server.post("/api/v1/journeys", journey("other")).statusCode())
                    .isEqualTo(503);
            assertThat(server.get("/api/v1/experiments/button/report").statusCode())
                    .isEqualTo(503);
            assertThat(variant(server)).isEqualTo(variant);
            assertThat(server.post("/v1/track", "{\"messageId\": \"m\", \"userId\": \"u\", \"event\": \"E\"}")
                            .statusCode())
                    .isEqualTo(200);

            try (EmbeddedPostgres again = external(external.getPort())) {
                assertThat(again.getPort()).isEqualTo(external.getPort());
                server.awaitDatabase();
                assertThat(server.get("/api/v1/experiments/button").statusCode())
                        .isEqualTo(200);
                created(server.post("/api/v1/journeys", journey("other")));
            }
        }
    }

    /** On this port, or a free one if it is 0; its data stays when it is closed. */
    private EmbeddedPostgres external(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("external-data").toFile())
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(
                        directory.resolve("external-runtime").toFile())
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** Before its test ends, which closes it too: the compiler warns of a plain call for that. */
    private static void stop(EmbeddedPostgres external) throws IOException {
        external.close();
    }

    private void isBackedUpAndRestored(Path data, Map<String, String> environment, EmbeddedPostgres external)
            throws SQLException {
        Path backup = directory.resolve("backup");
        Outcome made = ServerProcess.run(data, environment, "backup", "--to", backup.toString());
        assertThat(made.exitCode()).as(made.output()).isZero();

        Path elsewhere = directory.resolve("elsewhere");
        String[] restore = {"restore", "--from", backup.toString()};
        Outcome refused = ServerProcess.run(elsewhere, environment, restore);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("the configuration database is not empty");
        assertThat(elsewhere).doesNotExist();

        execute(external, "postgres", "create database another owner microlift");
        Map<String, String> another = new HashMap<>(environment);
        another.put("MICROLIFT_DATABASE_URL", "postgresql://127.0.0.1:" + external.getPort() + "/another");
        Outcome restored = ServerProcess.run(elsewhere, another, restore);
        assertThat(restored.exitCode()).as(restored.output()).isZero();
        assertThat(experimentsIn(external, "another")).isEqualTo(1);
    }

    private static void isRefusedAfterALaterRelease(
            Path data, Map<String, String> environment, EmbeddedPostgres external) throws SQLException {
        execute(external, "microlift", """
                insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                  execution_time, success)
                values (999, '999', 'of a later release', 'SQL', 'V999__of_a_later_release.sql', 'x', 1, true)""");

        Outcome refused = ServerProcess.run(data, environment);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("the configuration database has the migrations [999 (of a later release)] of a later release")
                .contains("Nothing was changed");
    }

    private static void execute(EmbeddedPostgres database, String name, String sql) throws SQLException {
        try (Connection connection = database.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int experimentsIn(EmbeddedPostgres database, String name) throws SQLException {
        try (Connection connection = database.getDatabase("microlift", name).getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from experiment")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void keepsEverything(Path data, Map<String, String> environment) throws Exception {
        String before;
        String variant;
        try (ServerProcess server = ServerProcess.start(data, environment)) {
            created(server.post("/api/v1/journeys", journey("shop")));
            created(server.post(
                    "/api/v1/experiments", experiment("button", "shop", "\"plan\": {\"window\": \"P7D\"}")));
            assertThat(server.post("/api/v1/experiments/button/start", "").statusCode())
                    .isEqualTo(200);
            created(server.post("/api/v1/keys", "{\"name\": \"web\", \"role\": \"client\"}"));
            before = configuration(server);
            variant = variant(server);
            server.stop();
        }
        try (ServerProcess server = ServerProcess.start(data, environment)) {
            assertThat(configuration(server)).isEqualTo(before);
            assertThat(variant(server)).isEqualTo(variant);
            server.kill();
        }
        try (ServerProcess server = ServerProcess.start(data, environment)) {
            assertThat(configuration(server)).isEqualTo(before);
            assertThat(variant(server)).isEqualTo(variant);
            server.stop();
        }
    }

    private static void created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String configuration(ServerProcess server) throws IOException, InterruptedException {
        return server.get("/api/v1/journeys").body()
                + server.get("/api/v1/experiments").body()
                + server.get("/api/v1/keys").body();
    }

    private static String variant(ServerProcess server) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(
                server.post("/ofrep/v1/evaluate/flags/button", "{\"context\": {\"targetingKey\": \"u1\"}}")
                        .body());
        assertThat(answer.path("reason").asText()).isEqualTo("SPLIT");
        return answer.path("variant").asText();
    }
}
