package dev.microlift.server.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A thing of the configuration that a change is about.
 *
 * @param kind what it is, as it is called in addresses, in the singular: {@code experiment}
 * @param state its document as it stands, without secrets; empty while there is no such thing. It is asked for in the
 *     change's transaction, before and after the change
 */
public record Configured(String kind, String key, Supplier<Optional<JsonNode>> state) {}
