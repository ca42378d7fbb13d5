package dev.microlift.server.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When somebody is alerted. */
@ConfigMapping(prefix = "microlift.alerts")
interface AlertSettings {

    /**
     * How often conditions are judged. A round makes the report of every experiment that runs; when that takes long, the
     * next one waits, so that at most a tenth of the time goes into it.
     */
    @WithDefault("PT1M")
    Duration every();

    /** How many percent of the messages may be rejected. */
    @WithDefault("5")
    int rejectedPercent();

    /** Over what time rejected messages are counted; fewer than 100 messages in it are not judged. */
    @WithDefault("PT5M")
    Duration rejectedWindow();

    /** How old the oldest message that is not loaded yet may be. */
    @WithDefault("PT5M")
    Duration loaderLag();

    /** For how long closed alerts are kept. */
    @WithDefault("P90D")
    Duration keep();
}
