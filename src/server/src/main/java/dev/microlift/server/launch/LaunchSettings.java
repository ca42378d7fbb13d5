package dev.microlift.server.launch;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What must be known before the application starts, read from the same places as the application's own settings:
 * environment, system properties and {@code config/application.properties}.
 */
record LaunchSettings(Path dataDirectory, Optional<DatabaseAddress> database) {

    private static final String DEFAULT_DATA_DIRECTORY = "microlift-data";

    static LaunchSettings read() {
        SmallRyeConfig config = sources().build();
        Path data = Path.of(text(config, "microlift.data-dir").orElse(DEFAULT_DATA_DIRECTORY));
        Optional<DatabaseAddress> database = text(config, "microlift.database.url")
                .map(url -> DatabaseAddress.parse(
                        url, text(config, "microlift.database.user"), text(config, "microlift.database.password")));
        return new LaunchSettings(data, database);
    }

    /** A part's settings, for a command that works without the application. */
    static <T> T of(Class<T> settings) {
        return sources().addDiscoveredConverters().withMapping(settings).build().getConfigMapping(settings);
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

    private static Optional<String> text(SmallRyeConfig config, String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }
}
