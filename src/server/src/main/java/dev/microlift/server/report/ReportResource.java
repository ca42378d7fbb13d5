package dev.microlift.server.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.access.Permission;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.document.Choices;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
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

/** Reports over HTTP. */
@Path("/api/v1/experiments/{key}/report")
@Tag(name = "Reports")
@Produces(MediaType.APPLICATION_JSON)
public class ReportResource {

    private final Reports reports;
    private final ReportEnvelope envelope;

    ReportResource(Reports reports, ReportEnvelope envelope) {
        this.reports = reports;
        this.envelope = envelope;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(
            summary = "Read an experiment's report",
            description =
                    "Lift and significance per micro step and for the goal. A figure that cannot be given is null, "
                            + "with its reason beside it. `population=all` includes units whose window is still open, "
                            + "`stepOrder=strict` counts steps only in their order in time, `asOf` speaks of a time in "
                            + "the past, `from` and `to` limit the time of first exposure.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExperimentReport.class)))
    public ObjectNode report(
            @PathParam("key") String key,
            @QueryParam("population") @Nullable String population,
            @QueryParam("stepOrder") @Nullable String stepOrder,
            @QueryParam("asOf") @Nullable String asOf,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("journey") @Nullable String journey,
            @QueryParam("segment") @Nullable String segment) {
        if (segment != null) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER, "segment: reports by segment are not available yet");
        }
        return envelope.wrap(reports.experiment(
                key,
                new ReportOptions(
                        Choices.parameter("population", population, Population.class)
                                .orElse(Population.MATURED),
                        Choices.parameter("stepOrder", stepOrder, StepOrder.class)
                                .orElse(StepOrder.FURTHEST),
                        ReportOptions.time("asOf", asOf),
                        ReportOptions.time("from", from),
                        ReportOptions.time("to", to),
                        journey)));
    }
}
