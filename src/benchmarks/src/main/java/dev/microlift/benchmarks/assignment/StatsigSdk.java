package dev.microlift.benchmarks.assignment;

import com.statsig.sdk.GetExperimentOptions;
import com.statsig.sdk.StatsigOptions;
import com.statsig.sdk.StatsigServer;
import com.statsig.sdk.StatsigUser;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Statsig's server SDK with bootstrap values. It has no call for all experiments, so they are asked for in turn. */
final class StatsigSdk implements Sdk {

    private static final String NOWHERE = "http://127.0.0.1:1";
    private static final long NEVER = Integer.MAX_VALUE;

    private final StatsigServer client = StatsigServer.create();
    private final GetExperimentOptions silently = new GetExperimentOptions(true, null, null);
    private final String[] experiments =
            IntStream.range(0, Experiments.COUNT).mapToObj(Experiments::key).toArray(String[]::new);
    private final StatsigUser[] users;

    StatsigSdk(String[] units) {
        users = Arrays.stream(units).map(StatsigUser::new).toArray(StatsigUser[]::new);
        client.initializeAsync("secret-none", options()).join();
    }

    @Override
    public boolean treats(int unit, String experiment) {
        return client.getExperimentSync(users[unit], experiment, silently).getBoolean("on", false);
    }

    @Override
    public Object all(int unit) {
        Object[] all = new Object[experiments.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = client.getExperimentSync(users[unit], experiments[i], silently);
        }
        return all;
    }

    @Override
    public void close() {
        client.shutdown();
    }

    private static StatsigOptions options() {
        StatsigOptions options = new StatsigOptions(NOWHERE);
        options.setApiForDownloadConfigSpecs(NOWHERE);
        options.setApiForGetIdlists(NOWHERE);
        options.setBootstrapValues(bootstrap());
        options.setRulesetsSyncIntervalMs(NEVER);
        options.setIdListsSyncIntervalMs(NEVER);
        options.setDisableDiagnostics(true);
        options.setDisableAllLogging(true);
        options.setDisableIPResolution(true);
        return options;
    }

    private static String bootstrap() {
        return Experiments.json("""
                {"name": "%1$s", "type": "dynamic_config", "entity": "experiment", "idType": "userID", "salt": "%2$s",
                 "enabled": true, "isActive": true, "defaultValue": {"on": false}, "explicitParameters": ["on"],
                 "rules": [
                   {"name": "control", "groupName": "Control", "id": "c-%1$s", "salt": "c-%2$s", "idType": "userID",
                    "passPercentage": 100, "isExperimentGroup": true, "returnValue": {"on": false},
                    "conditions": [{"type": "user_bucket", "operator": "lt", "targetValue": 500, "idType": "userID",
                                    "additionalValues": {"salt": "%2$s"}}]},
                   {"name": "treatment", "groupName": "Treatment", "id": "t-%1$s", "salt": "t-%2$s", "idType": "userID",
                    "passPercentage": 100, "isExperimentGroup": true, "returnValue": {"on": true},
                    "conditions": [{"type": "user_bucket", "operator": "lt", "targetValue": 1000, "idType": "userID",
                                    "additionalValues": {"salt": "%2$s"}}]}]}
                """).transform(experiments -> """
                {"has_updates": true, "time": 1, "feature_gates": [], "layer_configs": [], "layers": {}, "id_lists": {},
                 "dynamic_configs": [%s]}
                """.formatted(experiments));
    }
}
