package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.access.KeyRing;
import dev.microlift.server.access.Role;
import dev.microlift.server.eventlog.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads messages that the server writes for an app, by the same rules as those that apps send. */
@ApplicationScoped
public class ServerMessages {

    private static final Logger LOG = Logger.getLogger(ServerMessages.class);

    private final StrictJson json = new StrictJson();
    private final MessageReader messages = new MessageReader(json);
    private final KeyRing keys;
    private final Bots bots;
    private final Clock clock;

    ServerMessages(KeyRing keys, Bots bots, Clock clock) {
        this.keys = keys;
        this.bots = bots;
        this.clock = clock;
    }

    /**
     * Reads a message of the tracking specification.
     *
     * @param keyId of whoever's request it stands for
     * @param userAgent what that request came from
     * @return empty if it must not be stored, as it would not be if the app had sent it
     */
    public Optional<Message> read(ObjectNode message, String keyId, Optional<String> userAgent) {
        int bytes = json.text(message).getBytes(StandardCharsets.UTF_8).length;
        Role role = keys.findById(keyId).map(KeyHolder::role).orElse(Role.CLIENT);
        MessageReader.Defaults defaults = new MessageReader.Defaults(
                        null, null, JsonNodeFactory.instance.objectNode(), clock.instant(), false)
                .withBots(bots.among(role, userAgent));
        try {
            return Optional.of(messages.read(new RawMessage(message, 0, bytes), defaults));
        } catch (Rejected why) {
            LOG.debugf("%s: %s", why.pointer(), why.detail());
            return Optional.empty();
        }
    }
}
