package dev.microlift.server.ingest;

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

/** The progress of imports over HTTP. */
@Path("/api/v1/imports")
@Tag(name = "Tracking")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Permission.READ, Permission.IMPORT})
public class ImportsResource {

    private static final String STATUS = """
            {"id": "history-2026", "state": "done", "startedAt": "2026-11-23T08:01:08.084Z",
             "finishedAt": "2026-11-23T08:01:08.763Z", "bytes": 1367764, "lines": 7275, "accepted": 7274,
             "duplicates": 0, "rejected": 1, "reason": null}""";

    private static final String LIST = "{\"items\": [" + STATUS + "], \"nextCursor\": null}";

    private final ImportBook book;

    ImportsResource(ImportBook book) {
        this.book = book;
    }

    @GET
    @Operation(
            summary = "List imports",
            description =
                    "Those that run and the last 100 that ended, the newest first; kept in memory by the node that"
                            + " takes them in.")
    @APIResponse(
            responseCode = "200",
            description = "Imports, the newest first",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<ImportStatus> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        return book.list(Page.Request.of(limit, cursor));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read how far an import is", description = "The id is the one given as `?id=` of /v1/import.")
    @APIResponse(
            responseCode = "200",
            description = "How far it is",
            extensions = @Extension(name = ExampleExtension.NAME, value = STATUS, parseValue = true))
    public ImportStatus get(@PathParam("id") String id) {
        return book.get(id);
    }
}
