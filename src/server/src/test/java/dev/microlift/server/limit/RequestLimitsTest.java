package dev.microlift.server.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.TestServer;
import dev.microlift.server.problem.ErrorResponses;
import dev.microlift.server.problem.ProblemException;
import io.github.bucket4j.TimeMeter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a clock that stands still, so that nothing is given back. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class RequestLimitsTest {

    private static final TimeMeter STANDING_STILL = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return 1;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    private record Settings(int requestsPerKey, int requestsPerAddress, int failedLogins) implements LimitSettings {}

    @Inject
    ErrorResponses errors;

    @Inject
    CurrentVertxRequest current;

    /** Apart from the application's, whose metrics know of one server only. */
    private final Vertx vertx = Vertx.vertx();

    private final HttpServer server = vertx.createHttpServer();
    private RequestLimits limits;

    @BeforeEach
    void serve() throws Exception {
        limits = new RequestLimits(new Settings(2, 2, 0), errors, current, STANDING_STILL);
        Router router = Router.router(vertx);
        limits.limitAddresses(router);
        router.route().handler(context -> context.response().end());
        server.requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private ValidatableResponse get(String path) {
        return given().get("http://127.0.0.1:" + server.actualPort() + path).then();
    }

    @Test
    void anAddressThatAsksTooMuchIsRefusedInEachStandardsOwnLanguage() {
        get("/api/v1/journeys").statusCode(200);
        get("/api/v1/journeys").statusCode(200);

        get("/api/v1/journeys")
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .header("RateLimit", "\"address\";r=0;t=1")
                .header("RateLimit-Policy", "\"address\";q=2;w=1")
                .body("type", equalTo("urn:microlift:problem:too-many-requests"));
        get("/ofrep/v1/evaluate/flags")
                .statusCode(429)
                .contentType("application/json")
                .body("errorCode", equalTo("GENERAL"));
    }

    @Test
    void healthAndMetricsAreNotLimited() {
        for (int i = 0; i < 5; i++) {
            get("/q/health").statusCode(200);
        }
    }

    @Test
    void aKeyThatComesTooOftenIsRefusedAndAnotherIsNot() {
        limits.count("a");
        limits.count("a");

        assertThatThrownBy(() -> limits.count("a"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.code().status()).isEqualTo(429));
        assertThatCode(() -> limits.count("b")).doesNotThrowAnyException();
    }
}
