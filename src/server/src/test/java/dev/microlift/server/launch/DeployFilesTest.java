package dev.microlift.server.launch;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the files in {@code deploy/} say of the server is true of the server. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class DeployFilesTest {

    private static final Path DEPLOY = Path.of("..", "..", "deploy");

    /** The one of Quarkus, which nothing of ours changes. */
    private static final String PORT = "8080";

    /** All that the first group matches, with the file that it stands in. */
    private static Set<String> named(String expression) throws IOException {
        Pattern pattern = Pattern.compile(expression);
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .flatMap(file -> pattern.matcher(text(file)).results().map(match -> match.group(1)))
                    .collect(toSet());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void everyVariableOfOursIsASetting() throws IOException {
        List<String> settings =
                DeclaredSettings.ours().stream().map(Setting::variable).toList();

        assertThat(named("\\b(MICROLIFT_[A-Z][A-Z_]*)"))
                .contains("MICROLIFT_DATABASE_URL")
                .isSubsetOf(settings);
    }

    @Test
    void everyAddressOfTheServerAnswers() throws IOException {
        assertThat(named("[ \"](/q/[a-z]+(?:/[a-z]+)?)\\b"))
                .contains("/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics")
                .allSatisfy(path ->
                        assertThat(RestAssured.get(path).statusCode()).as(path).isEqualTo(200));
    }

    @Test
    void everyPortOfTheServerIsTheOneThatItListensOn() throws IOException {

        assertThat(named("containerPort: (\\d+)")).containsExactly(PORT);
        assertThat(named("EXPOSE (\\d+)")).containsExactly(PORT);
        assertThat(named("QUARKUS_HTTP_PORT:-(\\d+)")).containsExactly(PORT);
        assertThat(named("microlift:(\\d{4,})")).containsExactly(PORT);
        assertThat(named("127\\.0\\.0\\.1:\\d+:(8\\d+)\"")).containsExactly(PORT);
    }
}
