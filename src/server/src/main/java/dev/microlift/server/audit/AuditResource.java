package dev.microlift.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Page;
import dev.microlift.server.document.Representable;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The audit log over HTTP. */
@Path("/api/v1/audit")
@Tag(name = "Audit")
@RolesAllowed(Permission.ADMINISTER)
public class AuditResource {

    private static final String LIST = """
            {"items": [{"id": 20, "at": "2026-11-23T08:01:41.043Z",
               "actor": {"kind": "key", "id": "Bx7vhEnfIY", "name": "first admin key"}, "action": "replace",
               "object": {"kind": "retention", "key": "Product Viewed"}, "outcome": "done",
               "requestId": "66ce0e29e8d12d5a", "after": {"keepFor": "P90D", "eventName": "Product Viewed"}}],
             "nextCursor": null}""";

    private static final String NDJSON = "application/x-ndjson";

    private final ObjectWriter json;

    AuditResource(ObjectMapper json) {
        this.json = json.writer().withRootValueSeparator("\n");
    }

    /** Which entries, as it comes. */
    @NullUnmarked
    public static class Filter {

        @Parameter(
                description = "What was changed: a kind, or a kind and a key",
                example = "experiment/checkout-button")
        @QueryParam("object")
        String object;

        @Parameter(description = "Id of the key or person that did it", example = "Bx7vhEnfIY")
        @QueryParam("actor")
        String actor;

        @Parameter(description = "Only from this time on, ISO 8601", example = "2026-01-31T00:00:00Z")
        @QueryParam("from")
        String from;

        @Parameter(description = "Only before this time, ISO 8601", example = "2026-02-28T00:00:00Z")
        @QueryParam("to")
        String to;

        AuditQuery query() {
            if (!Stream.of(object, actor).filter(Objects::nonNull).allMatch(Representable::isWellFormed)) {
                throw new ProblemException(ErrorCode.INVALID_PARAMETER, "object and actor are texts");
            }
            return AuditQuery.of(object, actor, from, to);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "List who changed what, and who tried to, the newest first",
            description =
                    "Each entry has the object's document before and after. With `Accept: application/x-ndjson` all"
                            + " of them are sent, one a line.")
    @APIResponse(
            responseCode = "200",
            description = "Changes and attempts at them, the newest first",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<AuditEntry> list(
            @BeanParam Filter filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return filter.query().page(Page.Request.of(limit, cursor));
    }

    @GET
    @Produces(NDJSON + ";qs=0.5")
    @Operation(hidden = true)
    public StreamingOutput lines(@BeanParam Filter filter) {
        AuditQuery query = filter.query();
        return out -> {
            Writer text = new OutputStreamWriter(out, UTF_8);
            try (SequenceWriter lines = json.writeValues(text)) {
                query.forEach(entry -> write(lines, entry));
            }
        };
    }

    private static void write(SequenceWriter lines, AuditEntry entry) {
        try {
            lines.write(entry);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
