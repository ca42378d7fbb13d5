package dev.microlift.server.report.traffic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Choices;
import dev.microlift.server.report.OptionsReader;
import dev.microlift.server.report.ReportEnvelope;
import dev.microlift.server.report.ReportResource;
import dev.microlift.server.report.table.CsvText;
import dev.microlift.server.report.table.FlatTable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reports about all traffic of a journey over HTTP. */
@Path("/api/v1/journeys/{key}/report")
@Tag(name = "Reports")
public class TrafficResource {

    private static final String TABLE = "With `Accept: text/csv`, the block that comes: `metrics` (default), `funnel`,"
            + " `dropOff`, `association`, `segments` or `leaks`";

    private static final Duration USUAL_WINDOW = Duration.ofDays(7);

    private final TrafficReports reports;
    private final ReportEnvelope envelope;
    private final ObjectMapper json;

    TrafficResource(TrafficReports reports, ReportEnvelope envelope, ObjectMapper json) {
        this.reports = reports;
        this.envelope = envelope;
        this.json = json;
    }

    /** Blocks that can be read as a table. */
    enum Table {
        METRICS,
        FUNNEL,
        DROP_OFF,
        ASSOCIATION,
        SEGMENTS,
        LEAKS
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read a journey's report: all traffic, no experiment",
            description =
                    "Reach, drop-off and what it is worth, which steps go with the goal, and leaks: traffic without micro "
                            + "steps, micro steps without the goal, goals without a required step, each beside the same days "
                            + "before. The last 28 days, from now or `asOf` back, unless `from` and `to` say otherwise. With "
                            + "`Accept: text/csv` one block comes as a flat table; `table` names it.")
    @Parameter(
            name = "table",
            in = ParameterIn.QUERY,
            description = TABLE,
            example = "metrics",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The report; as text/csv the block that `table` names",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = TrafficReport.class),
                        example = TrafficReportExample.JSON),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = SchemaType.STRING),
                        example = TrafficReportExample.CSV)
            })
    public ObjectNode report(
            @PathParam("key") String key,
            @BeanParam ReportResource.Parameters parameters,
            @Parameter(
                            description =
                                    "How long each unit is followed from its first step, an ISO 8601 duration; P7D unless said"
                                            + " otherwise",
                            example = "P7D")
                    @QueryParam("window")
                    @Nullable
                    String window) {
        return envelope.wrap(
                reports.report(key, parameters.options(), OptionsReader.duration("window", window, USUAL_WINDOW)));
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public String table(
            @PathParam("key") String key,
            @BeanParam ReportResource.Parameters parameters,
            @QueryParam("window") @Nullable String window,
            @QueryParam("table") @Nullable String table) {
        Table name = Choices.parameter("table", table, Table.class).orElse(Table.METRICS);
        TrafficReport report =
                reports.report(key, parameters.options(), OptionsReader.duration("window", window, USUAL_WINDOW));
        return CsvText.of(FlatTable.of(json.valueToTree(report).get(Choices.write(name))));
    }
}
