package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the event store when the server starts and closes it when it stops. */
@ApplicationScoped
class EventStoreLife {

    @Produces
    @Singleton
    DuckDbEventStore open(
            @ConfigProperty(name = "microlift.data-dir", defaultValue = "microlift-data") String directory,
            EventStoreSettings settings,
            EventLog log,
            Clock clock,
            LoaderMeters meters) {
        DuckDbEventStore store = DuckDbEventStore.open(Path.of(directory), settings, log, clock, meters::loaded);
        meters.watch(store);
        return store;
    }

    /** A file that cannot be opened must end the start, not the first request. */
    void openAtStart(@Observes StartupEvent start, DuckDbEventStore store) {
        store.state();
    }

    void close(@Disposes DuckDbEventStore store) {
        store.close();
    }
}
