package dev.microlift.server.eventlog;

import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while messages cannot be stored: whoever balances load should ask another node. */
@Readiness
class EventLogReadiness implements HealthCheck {

    private final SegmentedEventLog log;

    EventLogReadiness(SegmentedEventLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        LogWriter.State state = log.state();
        return HealthCheckResponse.named("event log")
                .status(state == LogWriter.State.WRITING)
                .withData("writer", state.name().toLowerCase(Locale.ROOT))
                .withData("queue", log.queued())
                .build();
    }
}
