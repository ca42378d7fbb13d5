package dev.microlift.server.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much anybody may ask for. */
@ConfigMapping(prefix = "microlift.limits")
interface LimitSettings {

    /** Requests a second with one key, on each node; more are refused with 429. */
    @ZeroIsOff
    @WithDefault("100000")
    int requestsPerKey();

    /** Requests a second from one address, on each node; more are refused with 429. All of a proxy's senders have its address unless its headers are believed. */
    @ZeroIsOff
    @WithDefault("100000")
    int requestsPerAddress();

    /**
     * Wrong keys and tokens a minute from one address; more are refused with 429, and then tokens are not even looked at.
     * Valid keys work on: they cannot be guessed, and others may share their address.
     */
    @ZeroIsOff
    @WithDefault("3000")
    int failedLogins();
}
