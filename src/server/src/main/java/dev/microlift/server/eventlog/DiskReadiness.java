package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while the disk has no room beyond its reserve: then messages are refused, and whoever balances load should know
 * before the first one is. A restart would not make room, so it says nothing about being alive.
 */
@Readiness
class DiskReadiness implements HealthCheck {

    private final Path directory;
    private final EventLogSettings settings;

    DiskReadiness(@ConfigProperty(name = "microlift.data-dir") String directory, EventLogSettings settings) {
        this.directory = Path.of(directory);
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            DiskSpace disk = DiskSpace.of(directory, settings.reserveBytes());
            return HealthCheckResponse.named("disk reserve")
                    .status(!disk.isShort())
                    .withData("freeBytes", disk.freeBytes())
                    .withData("reserveBytes", disk.reserveBytes())
                    .build();
        } catch (IOException unreadable) {
            return HealthCheckResponse.named("disk reserve")
                    .down()
                    .withData("error", "the data directory cannot be read")
                    .build();
        }
    }
}
