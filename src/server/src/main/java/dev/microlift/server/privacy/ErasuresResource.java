package dev.microlift.server.privacy;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Page;
import dev.microlift.server.openapi.ExampleExtension;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Erasures over HTTP. */
@Path("/api/v1/erasures")
@Tag(name = "Privacy")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.ADMINISTER)
public class ErasuresResource {

    /** Just asked for. */
    static final String REQUESTED = """
            {"id": "f969bcd8-057b-416e-83ff-8f74c79d0e61", "unitType": "user",
             "unitHash": "218035e77768e5c743863aab41274b76548f891d65b83bba02b5bae8e87e1f6b", "step": "links",
             "messages": 0, "rejects": 0, "linked": [], "failure": null, "requestedAt": "2026-11-23T08:01:41.333Z",
             "doneAt": null}""";

    private static final String DONE = """
            {"id": "f969bcd8-057b-416e-83ff-8f74c79d0e61", "unitType": "user",
             "unitHash": "218035e77768e5c743863aab41274b76548f891d65b83bba02b5bae8e87e1f6b", "step": "done",
             "messages": 9, "rejects": 1, "linked": [{"unitType": "anonymous", "id": "a1", "shared": false}],
             "failure": null, "requestedAt": "2026-11-23T08:01:41.333Z", "doneAt": "2026-11-23T08:01:44.230Z"}""";

    private static final String LIST = "{\"items\": [" + DONE + "], \"nextCursor\": null}";

    private final Erasures erasures;

    ErasuresResource(Erasures erasures) {
        this.erasures = erasures;
    }

    @GET
    @Operation(summary = "List erasures", description = "The newest first. None names its unit.")
    @APIResponse(
            responseCode = "200",
            description = "Erasures, the newest first",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
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
                            + " tried again every minute, and `failure` says of what kind it was: with `NoRoomException`"
                            + " the disk has no room to write the events anew. `linked` lists ids that came in one message with the erased one; `shared`"
                            + " are those that also came with others. Erase them by requests of their own.")
    @APIResponse(
            responseCode = "200",
            description = "The erasure",
            extensions = @Extension(name = ExampleExtension.NAME, value = DONE, parseValue = true))
    public Erasure get(@PathParam("id") String id) {
        return erasures.get(id);
    }
}
