package dev.microlift.server.report.computation;

import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Question;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.report.Questions;
import dev.microlift.server.report.ReportOptions;
import dev.microlift.server.report.Reports;
import dev.microlift.server.report.Tracked;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports that take long: one reader of the units stands still, and everything else about the experiment waits for it. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ComputationRoutesTest {

    private static final String PATH = "/api/v1/computations";

    @Inject
    Analysis analysis;

    @Inject
    Experiments experiments;

    @Inject
    Reports reports;

    @Inject
    Clock clock;

    private final ExecutorService background = Executors.newFixedThreadPool(2);
    private final CountDownLatch going = new CountDownLatch(1);
    private String key;
    private Future<?> standing;

    @BeforeEach
    void standStill() {
        key = startExperiment("");
        new Tracked(key).exposure(1, "control", "").send();
        Experiment experiment = experiments.get(key);
        Question question = Questions.everything(
                experiment,
                reports.journey(experiment, null).journey(),
                ReportOptions.USUAL,
                List.of(),
                clock.instant());
        standing = background.submit(() -> analysis.export(question, unit -> awaitGoing()));
        await("units", "computing");
    }

    private void awaitGoing() {
        try {
            going.await(5, TimeUnit.MINUTES);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void goOn() {
        going.countDown();
        background.shutdown();
    }

    /** Waits until a computation about the experiment is in this state, and gives it. */
    private JsonPath await(String what, String state) {
        return until(list -> list.getString("state").equals(state), what);
    }

    private JsonPath until(Predicate<JsonPath> wanted, String what) {
        Object lock = new Object();
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        String about = "items.find { it.what == '" + what + "' && it.about == 'experiment " + key + "' }";
        while (System.nanoTime() < deadline) {
            JsonPath list = asAdmin().get(PATH).then().statusCode(200).extract().jsonPath();
            if (list.get(about) != null && wanted.test(list.setRootPath(about))) {
                return list;
            }
            synchronized (lock) {
                try {
                    lock.wait(50);
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        throw new AssertionError("no such computation: " + what + " of " + key);
    }

    private Future<Response> askForTheReport() {
        return background.submit(() -> asAdmin().get("/api/v1/experiments/" + key + "/report"));
    }

    @Test
    void whoWaitsForAReportSeesIt() throws Exception {
        Future<Response> report = askForTheReport();

        JsonPath seen = await("figures", "waiting");
        going.countDown();

        assertThat(seen.getString("since")).endsWith("Z");
        assertThat(seen.getInt("statementsDone")).isZero();
        assertThat(seen.<Object>get("statementProgress")).isNull();
        assertThat(report.get(2, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
    }

    @Test
    void aReportThatIsCancelledIsToldSo() throws Exception {
        Future<Response> report = askForTheReport();
        String id = await("figures", "waiting").getString("id");

        asAdmin().delete(PATH + "/" + id).then().statusCode(204);
        assertThat(await("figures", "cancelled").getString("id")).isEqualTo(id);
        going.countDown();

        Response answer = report.get(2, TimeUnit.MINUTES);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.jsonPath().getString("type")).isEqualTo("urn:microlift:problem:report-cancelled");
        standing.get(2, TimeUnit.MINUTES);
        asAdmin().delete(PATH + "/" + id).then().statusCode(404);
        asAdmin().get("/api/v1/experiments/" + key + "/report").then().statusCode(200);
    }

    @Test
    void aClientThatHangsUpCancelsItsReport() throws IOException {
        try (Socket client = new Socket("localhost", RestAssured.port)) {
            client.getOutputStream()
                    .write(("GET /api/v1/experiments/" + key + "/report HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
                                    + TestServer.ADMIN_KEY + "\r\n\r\n")
                            .getBytes(UTF_8));
            await("figures", "waiting");
        }

        assertThat(await("figures", "cancelled").getString("about")).isEqualTo("experiment " + key);
    }

    @Test
    void viewersSeeComputationsAndEditorsCancelThem() {
        String id = until(list -> true, "units").getString("id");

        as(newKey("viewer")).get(PATH).then().statusCode(200);
        as(newKey("viewer")).delete(PATH + "/" + id).then().statusCode(403);
        as(newKey("client")).get(PATH).then().statusCode(403);
        as(newKey("editor")).delete(PATH + "/" + id).then().statusCode(204);
        as(newKey("editor")).delete(PATH + "/chair").then().statusCode(404);
    }
}
