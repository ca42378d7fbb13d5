package dev.microlift.server.launch;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Refuses a configuration database that a later release has migrated: this one would read and write tables that it does not
 * know. The migration tool passes over what it has never heard of, as application.properties tells it to.
 */
@ApplicationScoped
class LaterConfiguration {

    /** Before anybody opens anything. */
    void refuse(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start, Flyway migrations) {
        List<MigrationInfo> made = Stream.of(migrations.info().applied())
                .filter(info -> info.getVersion() != null)
                .toList();
        List<MigrationInfo> unknown =
                made.stream().filter(info -> !info.getState().isResolved()).toList();
        if (!unknown.isEmpty()) {
            throw new LaunchException(
                    "the configuration database has the migrations %s of a later release; this is Microlift %s, which does not know them. Start a later version, or restore a backup made before the upgrade. Nothing was changed"
                            .formatted(
                                    unknown.stream()
                                            .map(info -> info.getVersion() + " (" + info.getDescription() + ")")
                                            .toList(),
                                    ProgramVersion.NAME));
        }
    }
}
