package dev.microlift.server.ingest;

import dev.microlift.server.openapi.ExampleExtension;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Bulk import. The Java library of the tracking specification sends its ordinary batches to this address too; the content
 * type tells them apart. Lines need a role that may {@code import}, batches one that may {@code track}.
 */
@Path("/v1/import")
@Tag(name = "Tracking")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class ImportResource {

    private static final String LINES = """
            {"type": "track", "messageId": "m-1", "userId": "u1", "event": "Product Viewed",\
             "timestamp": "2024-01-31T08:00:00.000Z"}
            {"type": "track", "messageId": "m-2", "userId": "u1", "event": "Order Completed",\
             "timestamp": "2024-01-31T08:12:00.000Z", "properties": {"revenue": 49.5}}
            """;

    private static final String CSV = """
            event,userId,timestamp,properties.price,properties.sku:text
            Product Viewed,u1,2024-01-31T08:00:00Z,9.5,0042
            """;

    private static final String OUTCOME = """
            {"id": "history-2026", "accepted": 7274, "duplicates": 0, "rejected": 1,
             "rejects": [{"line": 7275, "code": "placeholder-id",
               "detail": "/userId: this is no id but what broken code sends in place of one"}]}""";

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
                    + " lines are told. A line without a messageId gets a hash of the line for one, so that a file may"
                    + " be sent again; equal lines that should count apart need ids. Ids are known for 7 days for"
                    + " certain; what is repeated later may count twice until the day of its receipt is sealed, which"
                    + " takes it out. As text/csv the first row names"
                    + " the columns: type (default track), messageId, event, userId, anonymousId, timestamp,"
                    + " units.NAME, properties.NAME, traits.NAME, context.NAME; cells that are JSON numbers, true or"
                    + " false are typed unless the name ends in `:text`, and dots lead into objects. As"
                    + " application/json it is a batch like those of /v1/batch. /api/v1/imports shows the progress.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        extensions = @Extension(name = ExampleExtension.NAME, value = LINES)),
                @Content(mediaType = "text/csv", example = CSV)
            })
    @APIResponse(
            responseCode = "200",
            description = "Every good line is durable",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ImportOutcome.class),
                            example = OUTCOME))
    @Blocking
    public Uni<Object> take(
            @Parameter(
                            description =
                                    "What to call the import, to ask for its progress: 1 to 63 lower-case letters, digits, and"
                                            + " after the first also `.`, `_` and `-`",
                            example = "history-2024")
                    @QueryParam("id")
                    @Nullable
                    String id,
            @Context HttpHeaders headers,
            InputStream body) {
        Submission submission = new Submission("/v1/import", headers::getHeaderString, body);
        BodyFormat format = BodyFormat.of(submission);
        return format.form() == BodyFormat.Form.DOCUMENT
                ? ingest.batch(submission).map(Object.class::cast)
                : Uni.createFrom().item(imports.lines(submission, format, id));
    }
}
