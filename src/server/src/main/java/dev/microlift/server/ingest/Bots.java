package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.access.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells the messages of known robots. Only those that come with a client key are looked at: what a back end sends it
 * sends for somebody, and under the name of its HTTP library.
 */
@ApplicationScoped
class Bots {

    private final UserAgents userAgents;

    Bots(UserAgents userAgents) {
        this.userAgents = userAgents;
    }

    /**
     * Tells by the context of a request's messages which of them a robot sent.
     *
     * @param sender the role of the request's key
     * @param ofRequest what the request came from; the context of a message may say otherwise
     */
    Predicate<JsonNode> among(Role sender, Optional<String> ofRequest) {
        if (sender != Role.CLIENT) {
            return context -> false;
        }
        UserAgents.Look look = userAgents.look();
        return context -> Optional.ofNullable(context.path("userAgent").textValue())
                .or(() -> ofRequest)
                .map(look::isBot)
                .orElse(false);
    }
}
