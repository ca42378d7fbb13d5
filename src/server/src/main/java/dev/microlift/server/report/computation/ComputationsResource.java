package dev.microlift.server.report.computation;

import dev.microlift.server.access.Permission;
import dev.microlift.server.analysis.Computations;
import dev.microlift.server.document.Page;
import dev.microlift.server.openapi.ExampleExtension;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Running computations over HTTP. */
@Path("/api/v1/computations")
@Tag(name = "Reports")
@Produces(MediaType.APPLICATION_JSON)
public class ComputationsResource {

    private static final String LIST = """
            {"items": [{"id": "7f0c2a54-3c1b-4b8e-9a0e-1d2f3a4b5c6d", "what": "figures", "about": "checkout-button",
               "since": "2026-11-23T08:01:26.101Z", "state": "computing", "statementsDone": 1,
               "statementProgress": 0.4}], "nextCursor": null}""";

    private final Computations computations;

    ComputationsResource(Computations computations) {
        this.computations = computations;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(
            summary = "List the answers that are being computed",
            description =
                    "Reports, time series, counters, units and audiences that this node works on or that wait for their turn, "
                            + "the oldest first, and how far each is.")
    @APIResponse(
            responseCode = "200",
            description = "Computations, the oldest first",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<ComputationStatus> list() {
        return new Page<>(
                computations.list().stream().map(ComputationStatus::of).toList(), null);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Cancel a computation",
            description =
                    "Whoever waits for it gets 409 `report-cancelled`. A client that closes its connection cancels its own.")
    @APIResponse(responseCode = "204", description = "It ends as soon as it can")
    public void cancel(@PathParam("id") String id) {
        computations.cancel(id);
    }
}
