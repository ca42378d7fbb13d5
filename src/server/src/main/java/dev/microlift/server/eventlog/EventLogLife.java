package dev.microlift.server.eventlog;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the log when the server starts and closes it when it stops. */
@ApplicationScoped
class EventLogLife {

    private static final int FIRST = 1;

    @Produces
    @Singleton
    SegmentedEventLog open(
            @ConfigProperty(name = "microlift.data-dir") String directory,
            EventLogSettings settings,
            Clock clock,
            MeterRegistry meters) {
        return SegmentedEventLog.open(Path.of(directory), settings, clock, meters);
    }

    /** A log that cannot be opened must end the start, not the first request. */
    void openAtStart(@Observes @Priority(FIRST) StartupEvent start, SegmentedEventLog log) {
        log.state();
    }

    void close(@Disposes SegmentedEventLog log) {
        log.close();
    }
}
