package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetupTest {

    private static final Names NAMES = new Names("j", "e");
    private static final ShopDocuments DOCUMENTS = new ShopDocuments(NAMES);
    private static final String FLAG = "POST /ofrep/v1/evaluate/flags/e";

    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void prepare() {
        Caller caller = new Caller(new Target(server.url(), "key"), RetryPolicy.BRISK, duration -> {}, () -> 0);
        new Setup(caller, new Variants(caller, "e"), NAMES).prepare(100);
    }

    private static String experiment(String status) {
        ObjectNode document = DOCUMENTS.experiment(777);
        document.put("status", status).put("traffic", 0.5).put("name", "Renamed");
        return document.toString();
    }

    @Test
    void whatIsAbsentIsCreatedAndStarted() {
        server.on("GET /api/v1/journeys/j", 404, "{}")
                .on("POST /api/v1/journeys", 201, DOCUMENTS.journey().toString())
                .on("GET /api/v1/experiments/e", 404, "{}")
                .on("POST /api/v1/experiments", 201, experiment("draft"))
                .on("POST /api/v1/experiments/e/start", 200, experiment("running"))
                .on(FLAG, 404, "{\"errorCode\": \"FLAG_NOT_FOUND\"}")
                .on(FLAG, 200, "{\"reason\": \"DISABLED\"}")
                .on(FLAG, 200, "{\"reason\": \"SPLIT\"}");

        prepare();

        assertThat(server.requests())
                .containsExactly(
                        "GET /api/v1/journeys/j",
                        "POST /api/v1/journeys",
                        "GET /api/v1/experiments/e",
                        "POST /api/v1/experiments",
                        "POST /api/v1/experiments/e/start",
                        FLAG,
                        FLAG,
                        FLAG);
    }

    @Test
    void whatRunsAlreadyIsUsedAsItIs() {
        server.on(
                        "GET /api/v1/journeys/j",
                        200,
                        DOCUMENTS.journey().put("version", 3).toString())
                .on("GET /api/v1/experiments/e", 200, experiment("running"))
                .on(FLAG, 200, "{\"reason\": \"SPLIT\"}");

        prepare();

        assertThat(server.requests()).noneMatch(request -> request.startsWith("POST /api"));
    }

    @Test
    void aJourneyOfOtherStepsIsNotTouched() {
        ObjectNode other = DOCUMENTS.journey();
        ((ObjectNode) other.path("steps").path(2)).putArray("where").addObject().put("property", "price");
        server.on("GET /api/v1/journeys/j", 200, other.toString());

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(this::prepare)
                .withMessageContaining("there is a journey j already, with other steps");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anExperimentOfOtherVariantsIsNotTouched() {
        server.on("GET /api/v1/journeys/j", 200, DOCUMENTS.journey().toString())
                .on("GET /api/v1/experiments/e", 200, experiment("running").replace("\"weight\":50", "\"weight\":10"));

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(this::prepare)
                .withMessageContaining("there is an experiment e already");
    }

    @Test
    void anExperimentThatHasEndedIsNotPlayed() {
        server.on("GET /api/v1/journeys/j", 200, DOCUMENTS.journey().toString())
                .on("GET /api/v1/experiments/e", 200, experiment("stopped"));

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(this::prepare)
                .withMessageContaining("the experiment e is stopped");
    }

    @Test
    void aStartThatIsNeverHeardOfEndsTheRun() {
        server.on("GET /api/v1/journeys/j", 200, DOCUMENTS.journey().toString())
                .on("GET /api/v1/experiments/e", 200, experiment("running"))
                .on(FLAG, 200, "{\"reason\": \"DISABLED\"}");

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(this::prepare)
                .withMessageContaining("does not assign units");
    }

    @Test
    void aKeyThatMayNotIsToldSo() {
        server.on("GET /api/v1/journeys/j", 403, "{\"title\": \"Not allowed\"}");

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(this::prepare)
                .withMessage("the server answered 403 to GET /api/v1/journeys/j: Not allowed");
    }
}
