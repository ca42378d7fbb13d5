package dev.microlift.server.alert;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Choices;
import dev.microlift.server.document.Page;
import dev.microlift.server.openapi.ExampleExtension;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Alerts over HTTP. */
@Path("/api/v1/alerts")
@Tag(name = "Alerts")
@Produces(MediaType.APPLICATION_JSON)
public class AlertsResource {

    private static final String EXAMPLE = """
            {"items": [{"id": 7, "kind": "guardrailViolated", "subject": "checkout-button/refunds",
               "experiment": "checkout-button", "since": "2026-01-31T08:00:00.000Z", "until": null,
               "evidence": {"metric": "refunds", "direction": "decrease", "margin": 0.05, "comparisons": [
                 {"variant": "treatment", "verdict": "violated", "lift": 0.31, "bound": null, "pValue": null,
                  "method": "sequential", "alpha": 0.01, "reason": null}]}}],
             "nextCursor": null}""";

    private final Alerts alerts;

    AlertsResource(Alerts alerts) {
        this.alerts = alerts;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(
            summary = "List alerts, newest first",
            description =
                    "An alert is open from when its condition was first found to hold until it does not hold any more, or"
                            + " its experiment has ended. There is one at a time for each kind and subject."
                            + " Kinds: `guardrailViolated`, `trustInvalid` (sample ratio and other checks of trust),"
                            + " `bucketLeaking`, `ingestRejecting`, `loaderBehind`.")
    @APIResponse(
            responseCode = "200",
            description = "Alerts, the newest first",
            extensions = @Extension(name = ExampleExtension.NAME, value = EXAMPLE, parseValue = true))
    public Page<Alert> list(
            @Parameter(description = "open or closed; both without it", example = "open") @QueryParam("state") @Nullable
                    String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return alerts.list(Choices.parameter("state", state, Alerts.State.class), Page.Request.of(limit, cursor));
    }
}
