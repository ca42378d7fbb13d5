package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hook beside a provider that is not ours, whose answers have the metadata of the server. */
class MicroliftExposureHookTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String DOMAIN = "with-hook";

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void unitInTheExperimentIsExposedOnce() {
        try (MicroliftExposureHook hook =
                new MicroliftExposureHook(server.options().build(), Set.of("account"))) {
            Client client = client(hook, inExperiment().build());
            ImmutableContext unit =
                    new ImmutableContext("u1", Map.of("country", new Value("DE"), "account", new Value("a9")));

            client.getBooleanValue("button", false, unit);
            client.getBooleanValue("button", false, unit);

            assertThat(hook.flush(BOUND)).isTrue();
            assertThat(hook.statistics().sent()).isEqualTo(1);
            Map<?, ?> exposure = server.messages("Experiment Viewed").get(0);
            assertThat(exposure.get("userId")).isEqualTo("u1");
            assertThat(exposure.get("context")).isEqualTo(Map.of("units", Map.of("account", "a9")));
            assertThat(exposure.get("properties"))
                    .isEqualTo(Map.of("experiment_id", "button", "variation_id", "on", "country", "DE"));
        }
    }

    @Test
    void unitOutsideAndExposureThatTheServerLoggedAreNotRecorded() {
        try (MicroliftExposureHook hook =
                new MicroliftExposureHook(server.options().build())) {
            ImmutableContext unit = new ImmutableContext("u1");
            client(hook, inExperiment().addBoolean("inExperiment", false).build())
                    .getBooleanValue("button", false, unit);
            client(hook, inExperiment().addBoolean("exposureLogged", true).build())
                    .getBooleanValue("button", false, unit);
            client(hook, ImmutableMetadata.EMPTY).getBooleanValue("button", false, unit);
            client(hook, inExperiment().build()).getBooleanValue("nobody-made-this", false, unit);
            client(hook, inExperiment().build()).getBooleanValue("button", false, new ImmutableContext());

            assertThat(hook.statistics()).isEqualTo(new SendingStatistics(0, 0, 0, 0, 0));
        }
    }

    private static ImmutableMetadata.ImmutableMetadataBuilder inExperiment() {
        return ImmutableMetadata.builder()
                .addString("experiment", "button")
                .addInteger("version", 3)
                .addBoolean("inExperiment", true);
    }

    private static Client client(MicroliftExposureHook hook, ImmutableMetadata metadata) {
        Flag<Boolean> flag = Flag.<Boolean>builder()
                .variant("on", true)
                .defaultVariant("on")
                .flagMetadata(metadata)
                .build();
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(DOMAIN, new InMemoryProvider(Map.of("button", flag)));
        Client client = api.getClient(DOMAIN);
        client.addHooks(hook);
        return client;
    }
}
