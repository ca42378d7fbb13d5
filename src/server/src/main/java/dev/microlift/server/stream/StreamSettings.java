package dev.microlift.server.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many callers may listen. */
@ConfigMapping(prefix = "microlift.streams")
interface StreamSettings {

    /** How many streams a node keeps open; more are refused with 503. */
    @WithDefault("10000")
    int max();
}
