package dev.microlift.server.privacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.microlift.server.document.JsonFormat;
import dev.microlift.server.eventlog.Selection;
import dev.microlift.server.eventstore.StoredUnits;
import dev.microlift.server.eventstore.UnitEvent;
import dev.microlift.server.report.table.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes every message of a unit on a line of its own, as it is stored. */
@ApplicationScoped
class UnitExport {

    private final StoredUnits store;
    private final ObjectMapper json;

    UnitExport(StoredUnits store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    InputStream of(Selection.OfUnit unit) {
        return Spool.of(text -> store.eachOf(unit, event -> write(text, event)));
    }

    private void write(Writer text, UnitEvent event) {
        try {
            text.write(json.writeValueAsString(line(event)));
            text.write('\n');
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ObjectNode line(UnitEvent event) {
        ObjectNode line = json.createObjectNode();
        line.put("messageId", event.messageId());
        line.put("type", event.kind());
        line.put("event", event.event());
        line.put("userId", event.userId());
        line.put("anonymousId", event.anonymousId());
        if (event.units() != null) {
            line.putRawValue("units", new RawValue(event.units()));
        }
        line.put("timestamp", JsonFormat.write(event.time()));
        line.put("receivedAt", JsonFormat.write(event.receivedAt()));
        line.putRawValue("properties", new RawValue(event.properties()));
        line.putRawValue("context", new RawValue(event.context()));
        line.put("late", event.late());
        line.put("clamped", event.clamped());
        line.put("bot", event.bot());
        if (event.experiment() != null) {
            line.putObject("exposure").put("experiment", event.experiment()).put("variant", event.variant());
        }
        return line;
    }
}
