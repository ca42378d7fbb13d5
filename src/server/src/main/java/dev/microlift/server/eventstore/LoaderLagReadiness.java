package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLogSettings;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the store is so far behind the log that new messages are refused. */
@Readiness
class LoaderLagReadiness implements HealthCheck {

    private final EventStore store;
    private final long most;

    LoaderLagReadiness(EventStore store, EventLogSettings settings) {
        this.store = store;
        this.most = settings.maxBehind();
    }

    @Override
    public HealthCheckResponse call() {
        LoaderLag lag = store.lag();
        return HealthCheckResponse.named("loader lag")
                .status(lag.messages() <= most)
                .withData("lagMessages", lag.messages())
                .withData("lagSeconds", lag.age().toSeconds())
                .withData("mostMessages", most)
                .build();
    }
}
