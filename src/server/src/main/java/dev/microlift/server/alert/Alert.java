package dev.microlift.server.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs attention, or did.
 *
 * @param subject an experiment's key, with the metric's for a guardrail, or {@code SERVER}
 * @param experiment the experiment's key; null for what concerns the server as a whole
 * @param since when it was found
 * @param until when it was found to be over; null while it is open
 * @param evidence the latest figures that said so; which ones depends on the kind
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Alert(
        long id,
        AlertKind kind,
        String subject,
        @Nullable String experiment,
        Instant since,
        @Nullable Instant until,

        @Schema(type = SchemaType.OBJECT, implementation = Object.class)
        JsonNode evidence) {}
