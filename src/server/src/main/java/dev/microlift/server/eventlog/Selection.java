package dev.microlift.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Messages that are to go from everywhere, told in a way that the log and what is derived from it understand alike. */
public sealed interface Selection {

    /** Whether a message is one of them. */
    boolean holds(LoggedMessage message);

    /**
     * The messages of a unit: those that carry its id as an id of its type, and aliases that say it was its former id.
     *
     * @param unitType {@code user}, {@code anonymous}, or the name of another type
     */
    record OfUnit(String unitType, String id) implements Selection {

        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public boolean holds(LoggedMessage message) {
            byte[] wanted = id.getBytes(UTF_8);
            return switch (unitType) {
                case "user" -> Arrays.equals(wanted, message.userId()) || isAmongUnits(message) || wasFormerId(message);
                case "anonymous" ->
                    Arrays.equals(wanted, message.anonymousId()) || isAmongUnits(message) || wasFormerId(message);
                default -> isAmongUnits(message);
            };
        }

        private boolean isAmongUnits(LoggedMessage message) {
            return id.equals(message.units().get(unitType));
        }

        private boolean wasFormerId(LoggedMessage message) {
            try {
                return message.kind() == Kind.ALIAS
                        && !message.isErased()
                        && id.equals(JSON.readTree(message.properties())
                                .path(FORMER_ID)
                                .asText());
            } catch (IOException unreadable) {
                return false;
            }
        }
    }

    /** The property of an alias that names a unit's former id. */
    String FORMER_ID = "previousId";

    /**
     * Events that were received too long ago to be kept.
     *
     * @param receivedBefore by the event's name
     * @param othersBefore for events of any other name; empty if those are kept for ever
     * @param keepsLinks whether what says of an anonymous id whose it is stays, however old it is
     */
    record Expired(Map<String, Instant> receivedBefore, Optional<Instant> othersBefore, boolean keepsLinks)
            implements Selection {

        public Expired {
            receivedBefore = Map.copyOf(receivedBefore);
        }

        @Override
        public boolean holds(LoggedMessage message) {
            if (keepsLinks && isLink(message)) {
                return false;
            }
            Instant before = receivedBefore.get(new String(message.event(), UTF_8));
            Optional<Instant> limit = before == null ? othersBefore : Optional.of(before);
            return limit.isPresent() && message.receivedMillis() < limit.get().toEpochMilli();
        }

        private static boolean isLink(LoggedMessage message) {
            return message.kind() == Kind.IDENTIFY
                    && !message.bot()
                    && message.userId() != null
                    && message.anonymousId() != null;
        }
    }
}
