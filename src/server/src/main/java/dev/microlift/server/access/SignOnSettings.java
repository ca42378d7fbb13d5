package dev.microlift.server.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Single sign-on of people by OpenID Connect. */
@ConfigMapping(prefix = "microlift.single-sign-on")
interface SignOnSettings {

    /** Whether people may come with a token of the issuer, beside keys. */
    @WithDefault("false")
    boolean enabled();

    /** Address of the issuer, under which it publishes {@code /.well-known/openid-configuration}. */
    Optional<String> issuer();

    /** For whom the issuer's tokens must be made out. */
    @WithDefault("microlift")
    String audience();

    /** Where in a token the roles or groups stand: names of claims, joined by {@code /}. */
    @WithDefault("groups")
    String roleClaim();

    /** Values of the claim that make a viewer. */
    Optional<List<String>> viewers();

    /** Values of the claim that make an editor. */
    Optional<List<String>> editors();

    /** Values of the claim that make an admin. */
    Optional<List<String>> admins();
}
