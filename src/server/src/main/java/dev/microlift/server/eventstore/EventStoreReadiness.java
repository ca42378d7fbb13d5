package dev.microlift.server.eventstore;

import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while nothing is loaded: reports grow old, and whoever balances load should ask another node. */
@Readiness
class EventStoreReadiness implements HealthCheck {

    private final DuckDbEventStore store;

    EventStoreReadiness(DuckDbEventStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        Loader.State state = store.state();
        return HealthCheckResponse.named("event store")
                .status(state == Loader.State.LOADING)
                .withData("loader", state.name().toLowerCase(Locale.ROOT))
                .build();
    }
}
