package dev.microlift.server.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Representable;
import dev.microlift.server.eventlog.Selection;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is stored of one unit, over HTTP. */
@Path("/api/v1/units/{unitType}/{id}")
@Tag(name = "Privacy")
@RolesAllowed(Permission.ADMINISTER)
public class UnitDataResource {

    private static final int MOST_BYTES = 256;

    private static final String TYPE = "What the id names: `user`, `anonymous` or another type, at most 256 bytes";

    private static final String ID = "The id as it was sent, at most 256 bytes";

    private static final String EVENTS = """
            {"messageId":"m-b1","type":"track","event":"Experiment Viewed","userId":"u9001","anonymousId":null,\
            "timestamp":"2026-11-23T08:01:09.341Z","receivedAt":"2026-11-23T08:01:09.341Z",\
            "properties":{"experiment_id":"checkout-button","variation_id":"treatment"},"context":{},"late":false,\
            "clamped":false,"bot":false,"exposure":{"experiment":"checkout-button","variant":"treatment"}}
            {"messageId":"54702d4e-89e5-437d-bf69-a9d87d50d784","type":"track","event":"Product Viewed",\
            "userId":"u9001","anonymousId":null,"timestamp":"2026-11-23T08:01:09.406Z",\
            "receivedAt":"2026-11-23T08:01:09.406Z","properties":{"price":9.5},"context":{},"late":false,\
            "clamped":false,"bot":false}
            """;

    private final Erasures erasures;
    private final UnitExport export;

    UnitDataResource(Erasures erasures, UnitExport export) {
        this.erasures = erasures;
        this.export = export;
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Erase a unit",
            description =
                    "Removes every message that carries the id, from the log, the events, the sealed files and the"
                            + " rejects, so that no file of the data directory holds a byte of it. Works in the background and goes"
                            + " on after a restart; `Location` says where to read how far it is. From the answer on what is sent of"
                            + " the unit is refused as `unit-erased`; getting variants goes on. Ids that came in one message with"
                            + " it are listed there, and with `linked=true` erased too, unless they also came with others. An id among"
                            + " the `overrides` of an experiment stays there, and in the audit log's copies of such documents.")
    @APIResponse(
            responseCode = "202",
            description = "The erasure, which has begun; `Location` says where to read how far it is",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, example = ErasuresResource.REQUESTED))
    public Response erase(
            @Parameter(description = TYPE, example = "user") @PathParam("unitType") String unitType,
            @Parameter(description = ID, example = "u1") @PathParam("id") String id,
            @Parameter(description = "true erases the linked ids too; false (default)", example = "true")
                    @QueryParam("linked")
                    @Nullable
                    String linked) {
        Erasure erasure = erasures.request(unit(unitType, id), isWanted(linked));
        return Response.accepted(erasure)
                .location(URI.create("/api/v1/erasures/" + erasure.id()))
                .build();
    }

    @GET
    @Path("/events")
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Export what is stored of a unit",
            description =
                    "One JSON object a line: every message that carries the id, with its properties and context, in the"
                            + " order of time; exposures have an `exposure`.")
    @APIResponse(
            responseCode = "200",
            description = "Messages, one a line",
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(type = SchemaType.STRING),
                            extensions = @Extension(name = ExampleExtension.NAME, value = EVENTS)))
    public InputStream events(
            @Parameter(description = TYPE, example = "user") @PathParam("unitType") String unitType,
            @Parameter(description = ID, example = "u1") @PathParam("id") String id) {
        return export.of(unit(unitType, id));
    }

    private static Selection.OfUnit unit(String unitType, String id) {
        requireText("unitType", unitType);
        requireText("id", id);
        return new Selection.OfUnit(unitType, id);
    }

    private static void requireText(String name, String value) {
        if (value.isBlank() || !Representable.isWellFormed(value) || value.getBytes(UTF_8).length > MOST_BYTES) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER, name + " is a text of 1 to " + MOST_BYTES + " bytes");
        }
    }

    private static boolean isWanted(@Nullable String flag) {
        if (flag == null || flag.equals("false")) {
            return false;
        }
        if (flag.equals("true")) {
            return true;
        }
        throw new ProblemException(ErrorCode.INVALID_PARAMETER, "linked must be true or false");
    }
}
