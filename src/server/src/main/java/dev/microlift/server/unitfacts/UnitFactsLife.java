package dev.microlift.server.unitfacts;

import dev.microlift.server.analysis.PastUnits;
import dev.microlift.server.eventlog.EventLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the facts when the first configuration is compiled, which is before the first request, and closes them at the end. */
@ApplicationScoped
class UnitFactsLife {

    @Produces
    @Singleton
    UnitFacts open(
            @ConfigProperty(name = "microlift.data-dir", defaultValue = "microlift-data") String directory,
            EventLog log,
            PastUnits past) {
        return UnitFacts.open(Path.of(directory), log, past);
    }

    void close(@Disposes UnitFacts facts) {
        facts.close();
    }
}
