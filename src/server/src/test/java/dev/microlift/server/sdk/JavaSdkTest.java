package dev.microlift.server.sdk;

import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.assignment.Outside;
import dev.microlift.openfeature.Assigned;
import dev.microlift.openfeature.MicroliftOptions;
import dev.microlift.openfeature.MicroliftProvider;
import dev.microlift.openfeature.SendingStatistics;
import dev.microlift.server.TestServer;
import dev.microlift.server.evaluation.Flag;
import dev.microlift.server.evaluation.Snapshot;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java SDK in an application against the running server. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class JavaSdkTest {

    private static final String GERMANS = "\"traffic\": 0.8, \"targeting\": {\"country\": {\"$in\": [\"DE\", \"AT\"]}},"
            + " \"overrides\": {\"qa-1\": \"treatment\"}";

    @Inject
    Snapshot snapshot;

    private static String address() {
        return "http://127.0.0.1:" + RestAssured.port;
    }

    @Test
    void reportShowsTheUnitsThatTheApplicationExposedAndWhatTheyBought() {
        String experiment = startExperiment("");
        ShopApplication shop = new ShopApplication(address(), newKey("server"), experiment);
        int treated = 0;
        for (int i = 0; i < 200; i++) {
            String user = experiment + "-u" + i;
            Assigned assigned = shop.checkout(user, "DE");
            assertThat(assigned.booleanOr(false)).isEqualTo(assigned.variant().equals(Optional.of("treatment")));
            shop.checkout(user, "DE");
            if (assigned.booleanOr(false)) {
                treated++;
                shop.buys(user, 2.5);
            }
        }
        shop.close();

        assertThat(shop.microlift().statistics()).isEqualTo(new SendingStatistics(0, 200 + treated, 0, 0, 0));
        JsonPath report =
                asAdmin().get("/api/v1/experiments/" + experiment + "/report").jsonPath();
        assertThat(report.getInt("population.exposed")).isEqualTo(200);
        assertThat(report.getDouble("metrics[3].variants.value.sum.sum()")).isEqualTo(2.5 * treated);
    }

    @Test
    void answersAreThoseOfRemoteEvaluationForEveryUnit() {
        String experiment = startExperiment(GERMANS);
        String key = newKey("server");
        MicroliftProvider provider = new MicroliftProvider(options(key).build());
        Client local = client(provider, "local-" + key);
        Client remote = client(
                OfrepProvider.constructProvider(OfrepProviderOptions.builder()
                        .baseUrl(address())
                        .headers(ImmutableMap.of("Authorization", ImmutableList.of("Bearer " + key)))
                        .build()),
                "remote-" + key);

        for (int i = 0; i < 200; i++) {
            ImmutableContext context = new ImmutableContext(
                    i == 0 ? "qa-1" : "unit-" + i, Map.of("country", new Value(i % 3 == 0 ? "FR" : "DE")));
            FlagEvaluationDetails<Boolean> here = local.getBooleanDetails(experiment, false, context);
            FlagEvaluationDetails<Boolean> there = remote.getBooleanDetails(experiment, false, context);

            assertThat(here.getValue()).isEqualTo(there.getValue());
            assertThat(here.getVariant()).isEqualTo(there.getVariant());
            assertThat(here.getReason()).isEqualTo(there.getReason());
            assertThat(texts(here)).isEqualTo(texts(there));
        }
        provider.shutdown();
    }

    @Test
    void serverAndApplicationAgreeOnAMillionUnits() {
        String experiment = startExperiment(GERMANS);
        Flag flag = snapshot.current().byKey().get(experiment);
        try (ShopApplication shop = new ShopApplication(address(), newKey("server"), experiment)) {
            for (int i = 0; i < 1_000_000; i++) {
                String user = "user-" + i;
                String country = i % 5 == 0 ? "FR" : "DE";
                Assigned here = shop.microlift()
                        .assignAll(user, Map.of("country", country))
                        .of(experiment)
                        .orElseThrow();
                Evaluation.Served there =
                        (Evaluation.Served) flag.evaluate(new EvaluationContext(user, Map.of("country", country)));
                if (!here.variant().equals(there.variant().map(Arm::key))
                        || !here.outside().equals(there.outside())) {
                    assertThat(here).as(user).isEqualTo(there);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": {\"$in\": [\"v1\"]}}",
                "{\"user\": {\"$regex\": \"^v\"}}",
                "{\"targetingKey\": {\"$notRegex\": \"^w\"}}"
            })
    void conditionOnTheUsersIdHoldsInTheApplication(String targeting) {
        String experiment = startExperiment("\"targeting\": " + targeting);

        try (ShopApplication shop = new ShopApplication(address(), newKey("server"), experiment)) {
            assertThat(shop.checkout("v1", "DE").inExperiment()).isTrue();
            assertThat(shop.checkout("w1", "DE").outside()).contains(Outside.TARGETING);
        }
    }

    @Test
    void changeOfTheExperimentReachesTheApplicationByTheStream() {
        String experiment = startExperiment("");
        // Polling alone would come too late for the bound below.
        MicroliftOptions.Builder options =
                options(newKey("server")).pollInterval(Duration.ofHours(1)).staleAfter(Duration.ofHours(2));
        MicroliftProvider provider = new MicroliftProvider(options.build());
        Client client = client(provider, "stream-" + experiment);
        assertThat(client.getBooleanDetails(experiment, false, new ImmutableContext("u1"))
                        .getReason())
                .isEqualTo("SPLIT");

        asAdmin().post("/api/v1/experiments/" + experiment + "/pause").then().statusCode(200);

        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!"DISABLED"
                .equals(client.getBooleanDetails(experiment, false, new ImmutableContext("u1"))
                        .getReason())) {
            assertThat(System.nanoTime() - deadline).as("time left").isNegative();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        provider.shutdown();
    }

    private static MicroliftOptions.Builder options(String key) {
        return MicroliftOptions.builder()
                .endpoint(address())
                .key(key)
                .headers(Map.of())
                .startTimeout(Duration.ofMinutes(1));
    }

    /** Metadata whose numbers may have come as other types. */
    private static Map<String, Object> texts(FlagEvaluationDetails<?> details) {
        Map<String, Object> texts = new TreeMap<>();
        details.getFlagMetadata().asUnmodifiableMap().forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    private static Client client(FeatureProvider provider, String domain) {
        OpenFeatureAPI.getInstance().setProviderAndWait(domain, provider);
        return OpenFeatureAPI.getInstance().getClient(domain);
    }
}
