package dev.microlift.server.eventstore;

import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while messages cannot be stored: whoever balances load should ask another node. */
@Readiness
class EventStoreReadiness implements HealthCheck {

    private final DuckDbEventStore store;

    EventStoreReadiness(DuckDbEventStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        EventWriter.State state = store.state();
        return HealthCheckResponse.named("event store")
                .status(state == EventWriter.State.WRITING)
                .withData("writer", state.name().toLowerCase(Locale.ROOT))
                .withData("queue", store.depth())
                .build();
    }
}
