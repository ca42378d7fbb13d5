package dev.microlift.server.report.snapshot;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Page;
import dev.microlift.server.report.ExperimentReport;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Stored reports over HTTP. */
@Path("/api/v1/experiments/{key}/snapshots")
@Tag(name = "Reports")
@Produces(MediaType.APPLICATION_JSON)
public class SnapshotsResource {

    private final Snapshots snapshots;

    SnapshotsResource(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(
            summary = "List the stored reports of an experiment",
            description = "One for each day that it ran (UTC), and one from when it was stopped; the oldest first.")
    public Page<Listed> list(
            @PathParam("key") String key,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return snapshots.list(key, Page.Request.of(limit, cursor));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Permission.READ)
    @Operation(
            summary = "Read a stored report",
            description = "As it was made: a stored report never changes, whatever arrives later.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExperimentReport.class)))
    public String get(@PathParam("key") String key, @PathParam("id") String id) {
        return snapshots.get(key, id);
    }
}
