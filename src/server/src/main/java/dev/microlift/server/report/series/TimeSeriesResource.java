package dev.microlift.server.report.series;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.access.Permission;
import dev.microlift.server.report.OptionsReader;
import dev.microlift.server.report.table.CsvText;
import dev.microlift.server.report.table.FlatTable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Time series over HTTP. */
@Path("/api/v1/experiments/{key}/timeseries")
@Tag(name = "Reports")
public class TimeSeriesResource {

    private static final String SERIES = """
            {"experiment": "checkout-button", "metric": "purchase", "stepOrder": "furthest", "method": "hybrid",
             "alpha": 0.01,
             "points": [{"day": "2026-11-13",
               "variants": [{"variant": "control", "n": 449, "converted": 31, "rate": 0.0690423, "value": null},
                {"variant": "treatment", "n": 433, "converted": 54, "rate": 0.124711, "value": null}],
               "comparisons": [{"variant": "treatment",
                 "difference": {"estimate": 0.055669, "ci": [-0.0325735, 0.143911], "reason": null},
                 "lift": {"estimate": 0.806303, "ci": [-0.335316, 7.18107], "reason": null}, "pValue": 0.197586,
                 "pRunning": 0.120662, "reason": null}]}]}""";

    private static final String TABLE = """
            day,variant,variants.n,variants.converted,variants.rate,variants.value,comparisons.difference.estimate,\
            comparisons.difference.ci,comparisons.difference.reason,comparisons.lift.estimate,comparisons.lift.ci,\
            comparisons.lift.reason,comparisons.pValue,comparisons.pRunning,comparisons.reason,\
            comparisons.difference.ci.0,comparisons.difference.ci.1,comparisons.lift.ci.0,comparisons.lift.ci.1
            2026-11-13,control,449,31,0.06904231625835189,,,,,,,,,,,,,,
            2026-11-13,treatment,433,54,0.12471131639722864,,0.055669000138876754,,,0.8063026149146989,,,\
            0.19758636029590873,0.1206624507376545,,-0.03257346132710237,0.14391146160485588,-0.3353156219753423,\
            7.181070951877669
            """;

    private final TimeSeriesMaker maker;
    private final ObjectMapper json;

    TimeSeriesResource(TimeSeriesMaker maker, ObjectMapper json) {
        this.maker = maker;
        this.json = json;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read a metric day by day, cumulative",
            description =
                    "A step's rate, or its value per unit, by variant at the end of each day (UTC), and the difference and "
                            + "lift of every treatment with intervals that hold at all days together. Units count from the day "
                            + "on which their window closed; where the plan has no window, from that of their exposure, with "
                            + "what they had done by the end of each day. Days on which nothing changed are left out. Without "
                            + "a window, values and `stepOrder=strict` take as long as a report of each day. Values are not "
                            + "capped. Also as `text/csv`.")
    @APIResponse(
            responseCode = "200",
            description = "Day by day, the oldest first",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = TimeSeries.class),
                        example = SERIES),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING), example = TABLE)
            })
    public TimeSeries series(
            @PathParam("key") String key,
            @Parameter(
                            description =
                                    "Key of a step, and `:value` behind it for its value per unit; the goal's rate unless said "
                                            + "otherwise",
                            example = "purchase:value")
                    @QueryParam("metric")
                    @Nullable
                    String metric,
            @Parameter(
                            description =
                                    "furthest (default): a later step implies the earlier ones; strict: only in their order in time",
                            example = "furthest")
                    @QueryParam("stepOrder")
                    @Nullable
                    String stepOrder) {
        return maker.series(key, metric, OptionsReader.stepOrder(stepOrder));
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    public String table(
            @PathParam("key") String key,
            @QueryParam("metric") @Nullable String metric,
            @QueryParam("stepOrder") @Nullable String stepOrder) {
        return CsvText.of(
                FlatTable.of(json.valueToTree(series(key, metric, stepOrder).points())));
    }
}
