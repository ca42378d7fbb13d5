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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Time series over HTTP. */
@Path("/api/v1/experiments/{key}/timeseries")
@Tag(name = "Reports")
public class TimeSeriesResource {

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
                            + "lift of every treatment with intervals that hold at all days together. Values are not capped. "
                            + "Also as `text/csv`.")
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
