package dev.microlift.benchmarks.assignment;

import com.optimizely.ab.Optimizely;
import com.optimizely.ab.OptimizelyUserContext;
import com.optimizely.ab.optimizelydecision.OptimizelyDecideOption;
import java.util.Arrays;
import java.util.List;

/** Optimizely Feature Experimentation: each experiment is a flag with one rule, from a data file. */
final class OptimizelySdk implements Sdk {

    private static final List<OptimizelyDecideOption> SILENTLY = List.of(
            OptimizelyDecideOption.DISABLE_DECISION_EVENT,
            OptimizelyDecideOption.IGNORE_USER_PROFILE_SERVICE,
            OptimizelyDecideOption.EXCLUDE_VARIABLES);

    private final Optimizely client = Optimizely.builder()
            .withDatafile(dataFile())
            .withEventProcessor(event -> {})
            .build();
    private final OptimizelyUserContext[] users;

    OptimizelySdk(String[] units) {
        users = Arrays.stream(units)
                .map(unit -> new OptimizelyUserContext(client, unit))
                .toArray(OptimizelyUserContext[]::new);
    }

    @Override
    public boolean treats(int unit, String experiment) {
        return "treatment".equals(users[unit].decide(experiment, SILENTLY).getVariationKey());
    }

    @Override
    public Object all(int unit) {
        return users[unit].decideAll(SILENTLY);
    }

    @Override
    public void close() {
        client.close();
    }

    private static String dataFile() {
        String experiments = Experiments.json("""
                {"id": "%1$s", "key": "%1$s", "layerId": "%1$s", "status": "Running", "audienceIds": [],
                 "forcedVariations": {},
                 "variations": [{"id": "c-%1$s", "key": "control", "featureEnabled": true, "variables": []},
                                {"id": "t-%1$s", "key": "treatment", "featureEnabled": true, "variables": []}],
                 "trafficAllocation": [{"entityId": "c-%1$s", "endOfRange": 5000},
                                       {"entityId": "t-%1$s", "endOfRange": 10000}]}
                """);
        String flags = Experiments.json("""
                {"id": "%1$s", "key": "%1$s", "rolloutId": "", "experimentIds": ["%1$s"], "variables": []}
                """);
        return """
                {"version": "4", "accountId": "1", "projectId": "1", "revision": "1", "anonymizeIP": true,
                 "attributes": [], "audiences": [], "typedAudiences": [], "events": [], "groups": [], "rollouts": [],
                 "experiments": [%s], "featureFlags": [%s]}
                """.formatted(experiments, flags);
    }
}
