package dev.microlift.server.planning;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.Faults;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Plans over HTTP. */
@Path("/api/v1/plan")
@Tag(name = "Planning")
@Produces(MediaType.APPLICATION_JSON)
public class PlanResource {

    private static final String EXAMPLE = """
            {"journey": "shop",
             "baselines": {"search": 0.6, "view": 0.4, "cart": 0.1,
                           "purchase": {"rate": 0.02, "mean": 1.1, "sd": 9.5}},
             "lift": 0.05, "alpha": 0.05, "power": 0.8, "method": "hybrid", "variants": [1, 1],
             "dailyUnits": 5000, "traffic": 1.0, "window": "P7D", "days": 28}""";

    private static final String PLAN = """
            {"journey": {"key": "shop", "version": 1},
             "assumptions": {"lift": 0.05, "alpha": 0.05, "power": 0.8, "method": "hybrid", "inflation": 1.07,
              "allocation": [1.0, 1.0], "traffic": 1.0, "dailyUnits": 5000.0, "unitsPerDay": 5000.0, "maturityDays": 7},
             "duration": {"days": 28, "units": 105000, "reason": null},
             "steps": [{"step": "purchase", "role": "macro", "measure": "rate", "baseline": 0.02, "sd": null, "comparisons": 1,
               "requiredUnits": 674535, "unitsPerVariant": [337268, 337268], "days": 142, "reason": null,
               "minimumDetectableLift": 0.129095, "minimumDetectableDifference": 0.0025819,
               "minimumDetectableReason": null, "warnings": []}],
             "value": {"step": "purchase", "role": "macro", "measure": "mean", "baseline": 1.1, "sd": 9.5, "comparisons": 1,
              "requiredUnits": 1002244, "unitsPerVariant": [501122, 501122], "days": 208, "reason": null,
              "minimumDetectableLift": 0.154477, "minimumDetectableDifference": 0.169925,
              "minimumDetectableReason": null, "warnings": []}, "recentTraffic": null,
             "sensitivity": [{"step": "purchase", "requiredUnits": 674535, "days": 142, "reason": null,
               "minimumDetectableLift": 0.129095, "minimumDetectableReason": null}]}""";

    private final Journeys journeys;

    private final RecentBaselines recentBaselines;

    PlanResource(Journeys journeys, RecentBaselines recentBaselines) {
        this.journeys = journeys;
        this.recentBaselines = recentBaselines;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.READ)
    @Operation(
            summary = "Plan a test on a journey: units, days and smallest detectable lift per step and for the goal",
            description =
                    "`baselines` gives for each step of the journey, the goal included, the share of exposed units "
                            + "that reach it; the goal's may be an object with `rate` and the `mean` and `sd` of its value per "
                            + "exposed unit. `lift` is the relative effect to detect, `variants` (or `allocation`) the weights, "
                            + "control first, `window` (or `maturityDays`) how long a unit takes to mature. The smallest "
                            + "detectable lift is that at `days`, or after the days that the goal requires. `sensitivity` orders "
                            + "the steps by the units they require for the same lift. Nothing is stored. A figure that cannot "
                            + "be given is null, with its reason beside it. Without `baselines` they are those of the journey's "
                            + "traffic of the last 28 days whose units could be followed for the window (P7D unless said "
                            + "otherwise), and so are `dailyUnits` unless they are given; `recentTraffic` tells.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "The plan",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = PlanAnswer.class),
                            example = PLAN))
    public PlanAnswer plan(InputStream body) {
        Faults faults = new Faults();
        return new PlanReader(journeys::find, recentBaselines)
                .read(Documents.read(body), faults)
                .map(Planner::plan)
                .orElseThrow(() -> {
                    faults.throwIfAny();
                    return new ProblemException(ErrorCode.INVALID_DOCUMENT, "not a plan");
                });
    }
}
