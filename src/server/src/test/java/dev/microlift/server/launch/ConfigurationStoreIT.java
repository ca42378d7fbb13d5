package dev.microlift.server.launch;

import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.journey;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.ServerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
    void aPostgresGivenByItsAddressKeepsEverythingAndNoOtherIsStarted() throws Exception {
        Path data = Files.createDirectory(directory.resolve("external"));
        try (EmbeddedPostgres external = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        directory.resolve("external-runtime").toFile())
                .start()) {
            try (Connection admin = external.getPostgresDatabase().getConnection();
                    Statement statement = admin.createStatement()) {
                statement.execute("create role microlift login password 'a-secret'");
                statement.execute("create database microlift owner microlift");
            }
            Map<String, String> environment = Map.of(
                    "MICROLIFT_DATABASE_URL",
                    "postgresql://127.0.0.1:" + external.getPort() + "/microlift",
                    "MICROLIFT_DATABASE_USER",
                    "microlift",
                    "MICROLIFT_DATABASE_PASSWORD",
                    "a-secret");

            keepsEverything(data, environment);

            assertThat(data.resolve("postgres")).doesNotExist();
            assertThat(experimentsIn(external)).isEqualTo(1);
        }
    }

    private static int experimentsIn(EmbeddedPostgres database) throws SQLException {
        try (Connection connection =
                        database.getDatabase("microlift", "microlift").getConnection();
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
