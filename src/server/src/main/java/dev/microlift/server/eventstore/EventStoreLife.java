package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.DiskSpace;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.EventLogSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the event store when the server starts and closes it when it stops. */
@ApplicationScoped
class EventStoreLife {

    @Produces
    @Singleton
    DuckDbEventStore open(
            @ConfigProperty(name = "microlift.data-dir") String directory,
            EventStoreSettings settings,
            EventLogSettings logSettings,
            EventLog log,
            Clock clock,
            LoaderMeters meters)
            throws IOException {
        Path path = Path.of(directory);
        DiskSpace disk = DiskSpace.of(path, logSettings.reserveBytes());
        DuckDbEventStore store = DuckDbEventStore.open(path, settings, log, new DiskRoom(disk), clock, meters::loaded);
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
