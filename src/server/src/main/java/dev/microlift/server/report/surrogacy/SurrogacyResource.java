package dev.microlift.server.report.surrogacy;

import dev.microlift.server.access.Permission;
import dev.microlift.server.openapi.ExampleExtension;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Surrogacy over HTTP. */
@Path("/api/v1/journeys/{key}/surrogacy")
@Tag(name = "Reports")
@Produces(MediaType.APPLICATION_JSON)
public class SurrogacyResource {

    private static final String EXAMPLE = """
            {"journey": {"key": "shop", "name": "Shop purchase", "version": 1, "definitionHash": "284014d9bd2573d7",
              "steps": [{"key": "search", "name": "search", "role": "micro", "optional": false},
               {"key": "view", "name": "view", "role": "micro", "optional": false},
               {"key": "cart", "name": "cart", "role": "micro", "optional": false},
               {"key": "purchase", "name": "purchase", "role": "macro", "optional": false}]}, "level": 0.95,
             "included": [], "excluded": [],
             "steps": [{"step": "cart", "experiments": 0, "slope": {"estimate": null, "ci": null, "reason": "TOO_FEW_TRIALS"},
               "intercept": null, "correlation": {"estimate": null, "ci": null, "reason": "TOO_FEW_TRIALS"},
               "rSquared": null, "reliability": null, "naiveSlope": null, "naiveCorrelation": null,
               "signAgreement": null, "correlationClipped": false, "reason": "TOO_FEW_TRIALS", "warnings": []}]}""";

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
    @APIResponse(
            responseCode = "200",
            description = "The slopes, or why there is none",
            extensions = @Extension(name = ExampleExtension.NAME, value = EXAMPLE, parseValue = true))
    public Surrogacy surrogacy(@PathParam("key") String key) {
        return maker.of(key);
    }
}
