package dev.microlift.server.privacy;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Erasures over HTTP. */
@Path("/api/v1/erasures")
@Tag(name = "Privacy")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.ADMINISTER)
public class ErasuresResource {

    static final String EXAMPLE = "{\"id\": \"0b8f6c0e-5b0f-4b6e-9a53-0f6d7f0f4f0a\", \"unitType\": \"user\","
            + " \"unitHash\": \"5f3c…\", \"step\": \"done\", \"messages\": 214, \"rejects\": 1,"
            + " \"linked\": [{\"unitType\": \"anonymous\", \"id\": \"a-1\", \"shared\": false}], \"failure\": null,"
            + " \"requestedAt\": \"2030-01-01T08:00:00.000Z\", \"doneAt\": \"2030-01-01T08:00:09.000Z\"}";

    private final Erasures erasures;

    ErasuresResource(Erasures erasures) {
        this.erasures = erasures;
    }

    @GET
    @Operation(summary = "List erasures", description = "The newest first. None names its unit.")
    public Page<Erasure> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        return erasures.list(Page.Request.of(limit, cursor));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Read how far an erasure is",
            description =
                    "`step` is `links`, `rejects`, `log`, `store`, `facts`, `database` or `done`; a step that fails is"
                            + " tried again every minute. `linked` lists ids that came in one message with the erased one; `shared`"
                            + " are those that also came with others. Erase them by requests of their own.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_JSON, example = EXAMPLE))
    public Erasure get(@PathParam("id") String id) {
        return erasures.get(id);
    }
}
