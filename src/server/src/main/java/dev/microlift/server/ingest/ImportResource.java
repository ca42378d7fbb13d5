package dev.microlift.server.ingest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Bulk import. The Java library of the tracking specification sends its ordinary batches to this address too; the content
 * type tells them apart. Lines need a role that may {@code import}, batches one that may {@code track}.
 */
@Path("/v1/import")
@Tag(name = "Tracking")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class ImportResource {

    private static final String LINE = "{\"type\": \"track\", \"messageId\": \"m-1\", \"userId\": \"u1\","
            + " \"event\": \"Product Viewed\", \"timestamp\": \"2024-01-31T08:00:00.000Z\"}";

    private final Imports imports;
    private final Ingest ingest;

    ImportResource(Imports imports, Ingest ingest) {
        this.imports = imports;
        this.ingest = ingest;
    }

    @POST
    @Operation(
            summary = "Import history",
            description = "One message a line, of any age, gzip allowed, without a total limit; the first 100 rejected"
                    + " lines are told. As application/json it is a batch like those of /v1/batch.")
    @RequestBody(content = @Content(mediaType = "application/x-ndjson", example = LINE))
    @APIResponse(
            responseCode = "200",
            description = "Every good line is durable",
            content = @Content(schema = @Schema(implementation = ImportOutcome.class)))
    public Object take(@Context HttpHeaders headers, InputStream body) {
        Submission submission = new Submission("/v1/import", headers::getHeaderString, body);
        BodyFormat format = BodyFormat.of(submission);
        return format.isLines() ? imports.lines(submission, format) : ingest.batch(submission);
    }
}
