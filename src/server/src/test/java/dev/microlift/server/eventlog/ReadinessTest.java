package dev.microlift.server.eventlog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ReadinessTest {

    private static final String[] CHECKS = {"event log", "disk reserve", "event store", "loader lag", "configuration"};

    @TempDir
    Path directory;

    @Test
    void readinessLooksAtDiskLogLoaderAndConfiguration() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItems(CHECKS));
    }

    @Test
    void nothingOfThatIsAMatterOfBeingAlive() {
        given().get("/q/health/live")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", not(hasItems("event log")))
                .body("checks.size()", equalTo(0));
    }

    private HealthCheckResponse disk(long reserve) {
        return new DiskReadiness(directory.toString(), new SmallLog(1 << 16, 1_000, OptionalLong.of(reserve))).call();
    }

    @Test
    void aDiskWithoutRoomBeyondItsReserveIsNotReady() {
        HealthCheckResponse response = disk(Long.MAX_VALUE);

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("reserveBytes", Long.MAX_VALUE);
        assertThat(disk(0).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aDirectoryThatIsGoneIsNotReady() {
        DiskReadiness gone = new DiskReadiness(directory.resolve("gone").toString(), new SmallLog());

        assertThat(gone.call().getStatus()).isEqualTo(Status.DOWN);
    }
}
