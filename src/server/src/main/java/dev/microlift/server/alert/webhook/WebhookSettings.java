package dev.microlift.server.alert.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How others are told of alerts. */
@ConfigMapping(prefix = "microlift.webhooks")
interface WebhookSettings {

    /**
     * Whether webhooks may lead to private addresses, and over {@code http} to this machine itself. Whoever may make webhooks
     * can then reach what only the server can.
     */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** How long a receiver may take to answer. */
    @WithDefault("PT10S")
    Duration timeout();
}
