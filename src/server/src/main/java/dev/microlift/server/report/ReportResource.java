package dev.microlift.server.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.access.Permission;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.document.Choices;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.table.CsvText;
import dev.microlift.server.report.table.FlatTable;
import dev.microlift.server.report.table.TableName;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Reports over HTTP. */
@Path("/api/v1/experiments/{key}/report")
@Tag(name = "Reports")
public class ReportResource {

    private static final String TABLE = "With `Accept: text/csv`, the block that comes: `metrics` (default), `funnel`,"
            + " `dropOff`, `decomposition`, `bounds`, `yield`, `association`, `timeToStep`, `sensitivity`, `guardrails`,"
            + " `segments`, `leaks`, `trust`, `population` or `verdict`";

    private final Reports reports;
    private final ReportEnvelope envelope;
    private final ObjectMapper json;

    ReportResource(Reports reports, ReportEnvelope envelope, ObjectMapper json) {
        this.reports = reports;
        this.envelope = envelope;
        this.json = json;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read an experiment's report",
            description =
                    "Lift and significance per micro step and for the goal, where units drop off and what that is worth, "
                            + "whether the data can be believed, and a verdict. A figure that cannot be given is null, with "
                            + "its reason beside it. The same events and configuration give the same `reportHash`. With "
                            + "`Accept: text/csv` one block comes as a flat table; `table` names it.")
    @Parameter(
            name = "table",
            in = ParameterIn.QUERY,
            description = TABLE,
            example = "sensitivity",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The report; as text/csv the block that `table` names",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = ExperimentReport.class),
                        example = ReportExample.JSON),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = SchemaType.STRING),
                        example = ReportExample.CSV)
            })
    public ObjectNode report(@PathParam("key") String key, @BeanParam Parameters parameters) {
        return envelope.wrap(reports.experiment(key, parameters.options()));
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public String table(
            @PathParam("key") String key,
            @BeanParam Parameters parameters,
            @QueryParam("table") @Nullable String table) {
        TableName name = Choices.parameter("table", table, TableName.class).orElse(TableName.METRICS);
        return CsvText.of(FlatTable.of(
                json.valueToTree(reports.experiment(key, parameters.options())).get(Choices.write(name))));
    }

    /** The query parameters that say which units are meant, as they come. */
    @NullUnmarked
    public static class UnitsParameters {

        @Parameter(
                description =
                        "matured (default): units whose whole window is over, never those that the experiment's end "
                                + "cut short; all: provisional figures",
                example = "matured")
        @QueryParam("population")
        String population;

        @Parameter(
                description =
                        "Speaks of this time, ISO 8601; what happened later is not known, but links of anonymous ids to"
                                + " users hold whenever they were told. Now without it, or if it is still to come",
                example = "2030-01-31T00:00:00.000Z")
        @QueryParam("asOf")
        String asOf;

        @Parameter(
                description = "Leaves out units first exposed before this time, ISO 8601",
                example = "2030-01-01T00:00:00.000Z")
        @QueryParam("from")
        String from;

        @Parameter(
                description = "Leaves out units first exposed from this time on, ISO 8601",
                example = "2030-01-31T00:00:00.000Z")
        @QueryParam("to")
        String to;

        @Parameter(
                description = "Key of one of the experiment's journeys; its first unless said otherwise. Another one "
                        + "decides nothing",
                example = "shop")
        @QueryParam("journey")
        String journey;

        /** What they say; a wrong one is named. */
        public ReportOptions units() {
            return options(ReportOptions.USUAL.stepOrder(), ReportOptions.USUAL.segments());
        }

        /** The same with what else is wanted of them. */
        ReportOptions options(StepOrder stepOrder, List<String> segments) {
            Instant begin = OptionsReader.time("from", from);
            Instant end = OptionsReader.time("to", to);
            if (begin != null && end != null && !begin.isBefore(end)) {
                throw new ProblemException(ErrorCode.INVALID_PARAMETER, "from must be before to");
            }
            return new ReportOptions(
                    OptionsReader.population(population),
                    stepOrder,
                    OptionsReader.time("asOf", asOf),
                    begin,
                    end,
                    journey,
                    segments);
        }
    }

    /** The query parameters of a report, as they come. */
    @NullUnmarked
    public static class Parameters extends UnitsParameters {

        @Parameter(
                description =
                        "furthest (default): a later step implies the earlier ones; strict: only in their order in time, which "
                                + "decides nothing. Medians of drop-off, and what leavers did next, count from when a step "
                                + "was first done, in either order",
                example = "furthest")
        @QueryParam("stepOrder")
        String stepOrder;

        @Parameter(
                description =
                        "Attributes to break down by, separated by commas; those of the plan unless said otherwise",
                example = "device,channel")
        @QueryParam("segment")
        List<String> segment;

        /** What they say; a wrong one is named. */
        public ReportOptions options() {
            return options(
                    OptionsReader.stepOrder(stepOrder), OptionsReader.segments(segment == null ? List.of() : segment));
        }
    }
}
