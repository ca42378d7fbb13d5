package dev.microlift.benchmarks.assignment;

import io.getunleash.DefaultUnleash;
import io.getunleash.Unleash;
import io.getunleash.UnleashContext;
import io.getunleash.util.UnleashConfig;
import java.util.Arrays;
import java.util.Optional;

/** Unleash with a bootstrap: each experiment is a flag for everybody, with two variants of its strategy. */
final class UnleashSdk implements Sdk {

    private final Unleash client = new DefaultUnleash(UnleashConfig.builder()
            .appName("benchmark")
            .unleashAPI("http://127.0.0.1:1")
            .customHttpHeader("Authorization", "none")
            .disablePolling()
            .disableMetrics()
            .synchronousFetchOnInitialisation(false)
            .toggleBootstrapProvider(() -> Optional.of(bootstrap()))
            .build());
    private final UnleashContext[] users;

    UnleashSdk(String[] units) {
        users = Arrays.stream(units)
                .map(unit -> UnleashContext.builder().userId(unit).build())
                .toArray(UnleashContext[]::new);
    }

    @Override
    public boolean treats(int unit, String experiment) {
        return "treatment".equals(client.getVariant(experiment, users[unit]).getName());
    }

    @Override
    public Object all(int unit) {
        return client.more().evaluateAllToggles(users[unit]);
    }

    @Override
    public void close() {
        client.shutdown();
    }

    private static String bootstrap() {
        return Experiments.json("""
                {"name": "%1$s", "type": "experiment", "enabled": true, "variants": [],
                 "strategies": [{"name": "flexibleRollout", "constraints": [],
                   "parameters": {"rollout": "100", "stickiness": "userId", "groupId": "%1$s"},
                   "variants": [{"name": "control", "weight": 500, "stickiness": "userId"},
                                {"name": "treatment", "weight": 500, "stickiness": "userId"}]}]}
                """).transform(flags -> "{\"version\": 2, \"features\": [%s]}".formatted(flags));
    }
}
