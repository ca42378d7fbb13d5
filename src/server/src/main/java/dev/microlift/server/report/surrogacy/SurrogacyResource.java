package dev.microlift.server.report.surrogacy;

import dev.microlift.server.access.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Surrogacy over HTTP. */
@Path("/api/v1/journeys/{key}/surrogacy")
@Tag(name = "Reports")
@Produces(MediaType.APPLICATION_JSON)
public class SurrogacyResource {

    private final SurrogacyMaker maker;

    SurrogacyResource(SurrogacyMaker maker) {
        this.maker = maker;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(
            summary = "Compare the effects of a journey's stopped experiments on its steps and its goal",
            description =
                    "For each micro step the slope of the goal's effects on the step's, freed of sampling noise. Fewer than "
                            + "20 experiments, or steps that no experiment really moved, give no slope but a reason. An "
                            + "experiment whose sample ratio is wrong is left out.")
    public Surrogacy surrogacy(@PathParam("key") String key) {
        return maker.of(key);
    }
}
