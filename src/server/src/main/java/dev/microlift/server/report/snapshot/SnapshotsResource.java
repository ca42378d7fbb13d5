package dev.microlift.server.report.snapshot;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Page;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.report.ExperimentReport;
import dev.microlift.server.report.ReportExample;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
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

    private static final String LIST = """
            {"items": [{"id": 1, "occasion": "stop", "day": "2026-11-23", "takenAt": "2026-11-23T08:01:45.213Z",
               "reportHash": "sha256:9c6f29530d494e4aeb151a39489429fe6007a107a09047f858cd4494e0565832",
               "decision": "inconclusive"}], "nextCursor": null}""";

    private final Snapshots snapshots;

    SnapshotsResource(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(
            summary = "List the stored reports of an experiment",
            description = "One for each day that it ran (UTC), and one from when it was stopped; the oldest first.")
    @APIResponse(
            responseCode = "200",
            description = "Stored reports, the oldest first",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
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
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ExperimentReport.class),
                            example = ReportExample.JSON))
    public String get(@PathParam("key") String key, @PathParam("id") String id) {
        return snapshots.get(key, id);
    }
}
