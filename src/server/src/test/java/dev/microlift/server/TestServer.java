package dev.microlift.server;

import dev.microlift.server.launch.DataDirectory;
import dev.microlift.server.launch.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The database and data directory that the tests of the running application share, and how they ask it. */
public final class TestServer implements QuarkusTestResourceLifecycleManager {

    /** The key of the first admin. */
    public static final String ADMIN_KEY = "test-admin-key-of-more-than-32-characters";

    /** How many event streams may be open. */
    public static final int MOST_STREAMS = 12;

    private EmbeddedDatabase database;

    @Override
    public void inject(Object test) {
        RestAssured.replaceFiltersWith(new DocumentedAnswers());
    }

    @Override
    public Map<String, String> start() {
        DataDirectory data = DataDirectory.open(temporary());
        database = EmbeddedDatabase.start(data);
        return Map.of(
                "microlift.data-dir",
                data.path().toString(),
                "microlift.database.url",
                database.address().jdbcUrl(),
                "microlift.admin-key",
                ADMIN_KEY,
                "microlift.streams.max",
                Integer.toString(MOST_STREAMS),
                // Tests judge when they want to, and one experiment instead of all.
                "microlift.alerts.every",
                "P1D",
                "microlift.webhooks.allow-private-addresses",
                "true");
    }

    @Override
    public void stop() {
        database.close();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "server");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A request with the admin's key. */
    public static RequestSpecification asAdmin() {
        return as(ADMIN_KEY);
    }

    /** A request with a key. */
    public static RequestSpecification as(String key) {
        return RestAssured.given().header("Authorization", "Bearer " + key);
    }

    /** A JSON request with the admin's key. */
    public static RequestSpecification sending(String json) {
        return asAdmin().contentType("application/json").body(json);
    }

    /** Makes a key of a role and gives its text. */
    public static String newKey(String role) {
        return sending("{\"name\": \"test\", \"role\": \"" + role + "\"}")
                .post("/api/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }
}
