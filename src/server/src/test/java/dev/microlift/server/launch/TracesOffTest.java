package dev.microlift.server.launch;

import static dev.microlift.server.TestServer.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.LogLines;
import dev.microlift.server.Samples;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** As long as nobody collects traces there is nothing that makes or sends them. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TracesOffTest {

    @Test
    void withoutACollectorRequestsHaveNoSpanAndNothingExports() {
        String journey = Samples.createJourney();
        try (LogLines lines = LogLines.ofStatements()) {
            asAdmin()
                    .header("X-Request-Id", "untraced")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .get("/api/v1/journeys/" + journey)
                    .then()
                    .statusCode(200);

            assertThat(lines.all("requestId")).contains("untraced");
            assertThat(lines.all("traceId")).containsOnly("null");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("SpanProcessor"));
    }
}
