package dev.microlift.server.launch;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What must be known before the application starts, read from the same places as the application's own settings:
 * environment, system properties and {@code config/application.properties}.
 *
 * @param isTraced whether there is somebody to send spans to
 */
record LaunchSettings(Path dataDirectory, Optional<DatabaseAddress> database, boolean isTraced) {

    /** @throws LaunchException if anything was set that cannot be taken, here or for the application */
    static LaunchSettings read() {
        new SettingsCheck(DeclaredSettings.checked(), warning -> System.err.println("microlift: " + warning))
                .check(sources().build());
        ServerSettings server = of(ServerSettings.class);
        ServerSettings.Database database = server.database();
        return new LaunchSettings(
                Path.of(server.dataDir()),
                database.url()
                        .filter(url -> !url.isBlank())
                        .map(url -> DatabaseAddress.parse(url, database.user(), database.password())),
                server.traces()
                        .endpoint()
                        .filter(endpoint -> !endpoint.isBlank())
                        .isPresent());
    }

    /** A part's settings, for a command that works without the application. */
    static <T> T of(Class<T> settings) {
        return sources()
                .addDiscoveredConverters()
                .withMapping(settings)
                .withMappingIgnore("microlift.**") // the others' settings
                .build()
                .getConfigMapping(settings);
    }

    private static SmallRyeConfigBuilder sources() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultSources();
        Path file = Path.of("config", "application.properties");
        if (Files.isRegularFile(file)) {
            try {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), 260));
            } catch (IOException unreadable) {
                throw new LaunchException("cannot read " + file.toAbsolutePath(), unreadable);
            }
        }
        return builder;
    }
}
