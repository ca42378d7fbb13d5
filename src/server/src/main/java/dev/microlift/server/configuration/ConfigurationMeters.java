package dev.microlift.server.configuration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** What the operator sees of the configuration. */
@Startup
@ApplicationScoped
class ConfigurationMeters {

    ConfigurationMeters(MeterRegistry meters, ConfigurationChanges changes) {
        Gauge.builder("microlift.configuration.current", changes, now -> now.isCurrent() ? 1 : 0)
                .description("1 while the database of the configuration answers; without it what was read last holds")
                .register(meters);
    }
}
