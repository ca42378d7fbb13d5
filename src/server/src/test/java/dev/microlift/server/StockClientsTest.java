package dev.microlift.server;

import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.TrackMessage;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An app with libraries from elsewhere: OpenFeature's provider for variants, Segment's client for exposures and events. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class StockClientsTest {

    private static String address() {
        return "http://127.0.0.1:" + RestAssured.port;
    }

    @Test
    void openFeatureGetsVariantsAndSegmentSendsWhatTheReportCounts() throws Exception {
        String experiment = startExperiment("");
        Client flags = openFeature(newKey("client"));
        Sender sender = new Sender(newKey("client"));

        for (int i = 0; i < 20; i++) {
            String unit = experiment + "-u" + i;
            FlagEvaluationDetails<Boolean> details =
                    flags.getBooleanDetails(experiment, false, new ImmutableContext(unit));
            assertThat(details.getReason()).isEqualTo("SPLIT");
            assertThat(details.getValue()).isEqualTo(details.getVariant().equals("treatment"));
            sender.analytics.enqueue(TrackMessage.builder("Experiment Viewed")
                    .userId(unit)
                    .properties(Map.of("experiment_id", experiment, "variation_id", details.getVariant())));
            sender.analytics.enqueue(TrackMessage.builder("Order Completed")
                    .userId(unit)
                    .properties(ImmutableMap.of("revenue", 2.5, "items", ImmutableList.of("a", "b"))));
        }
        sender.flush();

        JsonPath report =
                asAdmin().get("/api/v1/experiments/" + experiment + "/report").jsonPath();
        assertThat(report.getInt("population.exposed")).isEqualTo(20);
        assertThat(report.getDouble("metrics[3].variants.value.sum.sum()")).isEqualTo(50);
    }

    @Test
    void openFeatureIsToldOfAnUnknownFlagAndKeepsItsDefault() {
        Client flags = openFeature(newKey("server"));

        FlagEvaluationDetails<String> details =
                flags.getStringDetails("nobody-made-this", "fallback", new ImmutableContext("u1"));

        assertThat(details.getValue()).isEqualTo("fallback");
        assertThat(details.getErrorCode()).isEqualTo(dev.openfeature.sdk.ErrorCode.FLAG_NOT_FOUND);
    }

    @Test
    void segmentsOtherMessagesAreTakenToo() throws Exception {
        Sender sender = new Sender(newKey("server"));

        sender.analytics.enqueue(
                IdentifyMessage.builder().userId("u1").anonymousId("a1").traits(Map.of("plan", "pro")));
        sender.analytics.enqueue(PageMessage.builder("Home").anonymousId("a1").properties(Map.of("path", "/")));
        sender.flush();
    }

    private static Client openFeature(String key) {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(
                key,
                OfrepProvider.constructProvider(OfrepProviderOptions.builder()
                        .baseUrl(address())
                        .headers(ImmutableMap.of("Authorization", ImmutableList.of("Bearer " + key)))
                        .build()));
        return api.getClient(key);
    }

    /** Segment's client, with a way to wait until everything is acknowledged. */
    private static final class Sender {

        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final Phaser unacknowledged = new Phaser(1);
        private final Analytics analytics;

        Sender(String key) {
            analytics = Analytics.builder(key)
                    .endpoint(address())
                    .messageInterceptor(message -> {
                        unacknowledged.register();
                        return message;
                    })
                    .callback(new Callback() {
                        @Override
                        public void success(Message message) {
                            unacknowledged.arriveAndDeregister();
                        }

                        @Override
                        public void failure(Message message, Throwable throwable) {
                            failure.set(throwable);
                            unacknowledged.arriveAndDeregister();
                        }
                    })
                    .build();
        }

        void flush() throws InterruptedException, TimeoutException {
            analytics.flush();
            unacknowledged.awaitAdvanceInterruptibly(unacknowledged.arrive(), 120, TimeUnit.SECONDS);
            assertThat(failure.get()).isNull();
            analytics.shutdown();
        }
    }
}
