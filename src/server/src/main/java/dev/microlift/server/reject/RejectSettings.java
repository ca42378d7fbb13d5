package dev.microlift.server.reject;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is kept of what was not taken. */
@ConfigMapping(prefix = "microlift.rejects")
interface RejectSettings {

    /** How many of the newest rejects are kept. */
    @WithDefault("10000")
    int keep();
}
