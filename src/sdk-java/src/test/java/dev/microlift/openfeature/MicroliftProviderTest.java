package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicroliftProviderTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final AtomicInteger DOMAINS = new AtomicInteger();

    private final OpenFeatureAPI api = OpenFeatureAPI.getInstance();
    private final FakeServer server = new FakeServer();
    private final String domain = "domain-" + DOMAINS.incrementAndGet();

    @AfterEach
    void stop() {
        api.getProvider(domain).shutdown();
        server.close();
    }

    @Test
    void everyTypeIsServedInItsOwnType() {
        server.configuration = Payloads.of(
                Payloads.valued("truth", "true"),
                Payloads.valued("text", "\"a\""),
                Payloads.valued("integer", "42"),
                Payloads.valued("large", "5000000000"),
                Payloads.valued("decimal", "1.0"),
                Payloads.valued("object", "{\"a\": [1, {\"b\": null}]}"),
                Payloads.valued("list", "[\"x\"]"));
        Client client = client(server.options());
        ImmutableContext unit = new ImmutableContext("u1");

        assertThat(client.getBooleanValue("truth", false, unit)).isTrue();
        assertThat(client.getStringValue("text", "", unit)).isEqualTo("a");
        assertThat(client.getIntegerValue("integer", 0, unit)).isEqualTo(42);
        assertThat(client.getLongValue("large", 0L, unit)).isEqualTo(5_000_000_000L);
        assertThat(client.getLongValue("integer", 0L, unit)).isEqualTo(42);
        assertThat(client.getDoubleValue("decimal", 0.0, unit)).isEqualTo(1.0);
        assertThat(client.getDoubleValue("integer", 0.0, unit)).isEqualTo(42.0);
        Value object = client.getObjectValue("object", new Value(), unit);
        assertThat(object.asStructure().getValue("a").asList().get(0).asInteger())
                .isEqualTo(1);
        assertThat(client.getObjectValue("list", new Value(), unit).asList()).hasSize(1);
    }

    @Test
    void valueOfAnotherTypeIsAMismatchAndNoExposure() {
        server.configuration = Payloads.of(
                Payloads.valued("text", "\"1\""),
                Payloads.valued("decimal", "1.0"),
                Payloads.valued("large", "5000000000"),
                Payloads.valued("nothing", "null"));
        Client client = client(server.options());
        ImmutableContext unit = new ImmutableContext("u1");

        assertThat(client.getBooleanDetails("text", true, unit).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getIntegerDetails("decimal", 7, unit).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getIntegerDetails("large", 7, unit).getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getObjectDetails("text", new Value(), unit).getErrorCode())
                .isEqualTo(ErrorCode.TYPE_MISMATCH);
        FlagEvaluationDetails<String> details = client.getStringDetails("nothing", "fallback", unit);
        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(details.getValue()).isEqualTo("fallback");
        assertThat(details.getReason()).isEqualTo("ERROR");
        assertThat(provider().microlift().statistics().queued()).isZero();
    }

    @Test
    void sharedAnswerCannotBeChangedByOneOfItsReaders() {
        client(server.options());
        ProviderEvaluation<Boolean> answer =
                provider().getBooleanEvaluation("button", false, new ImmutableContext("u1"));

        assertThatThrownBy(() -> answer.setValue(false)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(answer).isEqualTo(provider().getBooleanEvaluation("button", false, new ImmutableContext("u2")));
        assertThat(answer.getValue()).isTrue();
    }

    @Test
    void answerSaysWhyAndForWhatExperiment() {
        server.configuration = Payloads.of(
                Payloads.experiment("targeted", "user", ", \"condition\": {\"country\": \"DE\"}", "", "false", "true"),
                Payloads.inactive("inactive"));
        Client client = client(server.options());

        FlagEvaluationDetails<Boolean> inside = client.getBooleanDetails(
                "targeted", false, new ImmutableContext("u1", Map.of("country", new Value("DE"))));
        FlagEvaluationDetails<Boolean> outside = client.getBooleanDetails("targeted", true, new ImmutableContext("u1"));
        FlagEvaluationDetails<Boolean> inactive = client.getBooleanDetails("inactive", true, new ImmutableContext());

        assertThat(inside.getReason()).isEqualTo("SPLIT");
        assertThat(inside.getVariant()).isEqualTo("treatment");
        assertThat(inside.getFlagMetadata().asUnmodifiableMap())
                .isEqualTo(Map.of("experiment", "targeted", "version", 3, "inExperiment", true));
        assertThat(outside.getReason()).isEqualTo("DEFAULT");
        assertThat(outside.getVariant()).isNull();
        assertThat(outside.getValue()).isFalse();
        assertThat(outside.getFlagMetadata().getString("outside")).isEqualTo("targeting");
        assertThat(inactive.getReason()).isEqualTo("DISABLED");
    }

    @Test
    void unknownFlagAndMissingTargetingKeyAreToldApart() {
        Client client = client(server.options());

        assertThat(client.getBooleanDetails("nobody-made-this", true, new ImmutableContext("u1"))
                        .getErrorCode())
                .isEqualTo(ErrorCode.FLAG_NOT_FOUND);
        FlagEvaluationDetails<Boolean> anonymous = client.getBooleanDetails("button", true, new ImmutableContext());
        assertThat(anonymous.getErrorCode()).isEqualTo(ErrorCode.TARGETING_KEY_MISSING);
        assertThat(anonymous.getValue()).isTrue();
    }

    @Test
    void attributesOfEveryKindCanBeTargeted() {
        String condition = ", \"condition\": {\"tags\": {\"$elemMatch\": {\"$eq\": \"a\"}}, \"app.version\":"
                + " {\"$vgte\": \"2.0\"}, \"since\": \"2026-11-22T10:00:00Z\", \"age\": {\"$gt\": 40}}";
        server.configuration = Payloads.of(Payloads.experiment("targeted", "user", condition, "", "false", "true"));
        Client client = client(server.options());
        Map<String, Value> attributes = Map.of(
                "tags", new Value(List.of(new Value("a"))),
                "app", Value.objectToValue(Map.of("version", "2.1")),
                "since", new Value(Instant.parse("2026-11-22T10:00:00Z")),
                "age", new Value(42));

        assertThat(client.getBooleanDetails("targeted", false, new ImmutableContext("u1", attributes))
                        .getReason())
                .isEqualTo("SPLIT");
    }

    @Test
    void conditionOnTheUsersIdIsToldTheTargetingKey() {
        server.configuration = Payloads.of(Payloads.experiment(
                "button", "user", ", \"condition\": {\"id\": {\"$regex\": \"^u\"}}", "", "false", "true"));
        Client client = client(server.options());

        assertThat(client.getBooleanDetails("button", false, new ImmutableContext("u1"))
                        .getReason())
                .isEqualTo("SPLIT");
        assertThat(client.getBooleanDetails("button", false, new ImmutableContext("1000000"))
                        .getReason())
                .isEqualTo("DEFAULT");
    }

    @Test
    void evaluationRecordsTheExposureAndTrackingTheEvent() {
        Client client = client(server.options());
        ImmutableContext unit = new ImmutableContext("u1", Map.of("country", new Value("DE")));

        client.getBooleanValue("button", false, unit);
        client.getBooleanValue("button", false, unit);
        client.track("Order Completed", unit, new MutableTrackingEventDetails(9.5).add("currency", "EUR"));
        client.track("Page Read", unit);

        assertThat(provider().microlift().flush(BOUND)).isTrue();
        assertThat(server.messages("Experiment Viewed")).hasSize(1);
        assertThat(server.messages("Experiment Viewed").get(0).get("properties"))
                .isEqualTo(Map.of("experiment_id", "button", "variation_id", "treatment", "country", "DE"));
        Map<?, ?> order = server.messages("Order Completed").get(0);
        assertThat(order.get("userId")).isEqualTo("u1");
        assertThat(order.get("properties")).isEqualTo(Map.of("value", 9.5, "currency", "EUR"));
        assertThat(server.messages("Page Read")).hasSize(1);
    }

    @Test
    void changeIsAnnouncedWithTheFlagsThatChanged() {
        server.configuration = Payloads.of(Payloads.button(), Payloads.inactive("same"), Payloads.inactive("gone"));
        Client client = client(server.options());
        List<EventDetails> changes = new CopyOnWriteArrayList<>();
        client.onProviderConfigurationChanged(changes::add);

        server.configuration = Payloads.of(
                Payloads.button().replace("\"version\": 3", "\"version\": 4"),
                Payloads.inactive("same"),
                Payloads.inactive("new"));

        Eventually.until("the change is announced", () -> !changes.isEmpty());
        assertThat(changes.get(0).getFlagsChanged()).containsExactlyInAnyOrder("button", "gone", "new");
    }

    @Test
    void serverThatFailsMakesTheProviderStaleUntilItRecovers() {
        Client client = client(server.options().staleAfter(Duration.ofMillis(100)));
        FakeServer.Route working = server.features;

        server.features = FakeServer.status(503);

        Eventually.until("stale", () -> client.getProviderState() == ProviderState.STALE);
        assertThat(client.getBooleanValue("button", false, new ImmutableContext("u1")))
                .isTrue();
        server.features = working;
        Eventually.until("ready", () -> client.getProviderState() == ProviderState.READY);
    }

    @Test
    void providerStartedFromABootstrapIsStaleUntilTheServerConfirms() {
        FakeServer.Route working = server.features;
        server.features = FakeServer.status(503);
        Client client = client(server.options().bootstrap(Payloads.of(Payloads.button())));

        assertThat(client.getBooleanValue("button", false, new ImmutableContext("u1")))
                .isTrue();
        Eventually.until("stale", () -> client.getProviderState() == ProviderState.STALE);
        server.features = working;
        Eventually.until("ready", () -> client.getProviderState() == ProviderState.READY);
    }

    @Test
    void withoutAnyConfigurationTheStartFailsAndTheProviderRecovers() {
        FakeServer.Route working = server.features;
        server.features = FakeServer.status(503);
        MicroliftProvider provider = new MicroliftProvider(server.options().build());

        assertThatThrownBy(() -> api.setProviderAndWait(domain, provider)).isInstanceOf(OpenFeatureError.class);

        Client client = api.getClient(domain);
        assertThat(client.getProviderState()).isEqualTo(ProviderState.ERROR);
        assertThat(client.getBooleanDetails("button", true, new ImmutableContext("u1"))
                        .getErrorCode())
                .isEqualTo(ErrorCode.PROVIDER_NOT_READY);
        server.features = working;
        Eventually.until("ready", () -> client.getProviderState() == ProviderState.READY);
        assertThat(client.getBooleanValue("button", false, new ImmutableContext("u1")))
                .isTrue();
    }

    @Test
    void deadServerEndsTheStartWithinItsTimeout() throws IOException {
        MicroliftProvider provider = new MicroliftProvider(
                FakeServer.optionsFor(ConfigurationTest.deadPort()).build());

        assertThatThrownBy(() -> provider.initialize(new ImmutableContext())).hasMessageContaining("no configuration");
        provider.shutdown();
    }

    @Test
    void shutdownSendsWhatWaits() {
        Client client = client(server.options().flushInterval(Duration.ofHours(1)));
        client.getBooleanValue("button", false, new ImmutableContext("u1"));

        provider().shutdown();

        assertThat(server.messages("Experiment Viewed")).hasSize(1);
    }

    private Client client(MicroliftOptions.Builder options) {
        api.setProviderAndWait(domain, new MicroliftProvider(options.build()));
        return api.getClient(domain);
    }

    private MicroliftProvider provider() {
        return (MicroliftProvider) api.getProvider(domain);
    }
}
