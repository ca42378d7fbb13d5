package dev.microlift.server.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.document.JsonFormat;
import dev.microlift.server.document.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Adds to a report what is not part of it: when it was made, how far it is behind what was acknowledged, and the hash by
 * which two reports can be compared.
 */
@ApplicationScoped
public class ReportEnvelope {

    private final Analysis analysis;
    private final ObjectMapper json;
    private final Clock clock;

    ReportEnvelope(Analysis analysis, ObjectMapper json, Clock clock) {
        this.analysis = analysis;
        this.json = json;
        this.clock = clock;
    }

    /** The body, and what is not part of it. */
    public ObjectNode wrap(Object report) {
        ObjectNode body = json.valueToTree(report);
        String hash = hash(body);
        body.put("generatedAt", JsonFormat.write(clock.instant()));
        body.set("lag", json.valueToTree(analysis.lag()));
        body.put("reportHash", hash);
        return body;
    }

    private String hash(ObjectNode body) {
        try {
            return "sha256:" + Sha256.hex(json.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
