package dev.microlift.server.report.units;

import dev.microlift.server.access.Permission;
import dev.microlift.server.report.ReportResource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Units over HTTP. */
@Path("/api/v1/experiments/{key}/units")
@Tag(name = "Reports")
public class UnitsResource {

    private final UnitLines units;

    UnitsResource(UnitLines units) {
        this.units = units;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Export the units of an experiment",
            description =
                    "One JSON object a line, ordered by unit: the unit, its first variant, what becomes of it (`compared`, "
                            + "`crossover`, `overridden`, `bot`), its first exposure (t0), when its window closes, how far it "
                            + "came, when it first did each step, and what its values add up to.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            example = "{\"unit\": \"u1\", \"variant\": \"control\", \"fate\": \"compared\", "
                                    + "\"t0\": \"2030-01-01T08:00:00.000Z\", "
                                    + "\"closes\": null, \"furthest\": 1, \"strict\": 1, \"first\": {\"view\": \"2030-01-01T08:01:00.000Z\", "
                                    + "\"purchase\": null}, \"values\": {\"purchase\": 0.0}}"))
    public InputStream units(@PathParam("key") String key, @BeanParam ReportResource.Parameters parameters) {
        return units.of(key, parameters.options());
    }
}
