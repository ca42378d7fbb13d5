package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.eventlog.Kind;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Tells a message that is sent again from another one under the same id: over what happened, to whom and when by the
 * sender's word. Libraries change the rest (context, time of sending) from one attempt to the next.
 */
final class ContentChecksum {

    private final CRC32C checksum = new CRC32C();

    private ContentChecksum() {}

    static int of(JsonNode message, Kind kind, String event, UnitIds units, String properties) {
        ContentChecksum content = new ContentChecksum();
        content.add(kind.text());
        content.add(event);
        content.add(units.userId());
        content.add(units.anonymousId());
        for (Map.Entry<String, String> unit : new TreeMap<>(units.others()).entrySet()) {
            content.add(unit.getKey());
            content.add(unit.getValue());
        }
        content.add(properties);
        content.add(message.path("timestamp").asText());
        content.add(message.path("originalTimestamp").asText());
        return (int) content.checksum.getValue();
    }

    /** The byte that ends a text occurs in none. */
    private void add(@Nullable String text) {
        if (text != null) {
            checksum.update(text.getBytes(UTF_8));
        }
        checksum.update(0xff);
    }
}
