package dev.microlift.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.ServerProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of routes as the built server gives it: a test server's is another. */
class DocumentationIT {

    private static final Pattern INLINE = Pattern.compile("<script(?: defer)?>(.*?)</script>", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void thePageMayRunItsOwnScriptsAndNoOthers() throws Exception {
        try (ServerProcess server = ServerProcess.start(Files.createDirectory(directory.resolve("data")))) {
            HttpResponse<String> page = server.get("/q/swagger-ui/");
            String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
            List<String> scripts = INLINE.matcher(page.body())
                    .results()
                    .map(match -> match.group(1))
                    .toList();

            assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self' 'sha256-")
                    .contains("frame-ancestors 'none'");
            assertThat(scripts).isNotEmpty();
            for (String script : scripts) {
                assertThat(policy)
                        .as("application.properties has the hash of each script that stands in the page")
                        .contains("'sha256-" + hash(script) + "'");
            }
            server.stop();
        }
    }

    private static String hash(String script) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8)));
    }
}
