package dev.microlift.server.configuration;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells whether the database of the configuration answers, and is ready all the same: without it units get their variants
 * and messages are stored as before, which a balancer that sent nothing here any more would end.
 */
@Readiness
class ConfigurationReadiness implements HealthCheck {

    private final ConfigurationChanges changes;

    ConfigurationReadiness(ConfigurationChanges changes) {
        this.changes = changes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("configuration")
                .up()
                .withData("databaseAnswers", changes.isCurrent())
                .build();
    }
}
