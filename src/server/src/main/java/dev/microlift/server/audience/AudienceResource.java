package dev.microlift.server.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.JsonFormat;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.OptionsReader;
import dev.microlift.server.report.table.CsvText;
import dev.microlift.server.report.table.Spool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Lists of units over HTTP. */
@Path("/api/v1/journeys/{key}/audience")
@Tag(name = "Audiences")
public class AudienceResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv;qs=0.5";
    private static final Duration USUAL = Duration.ofDays(7);
    private static final double MOST_HELD_BACK = 0.9;
    private static final double LEAST_HELD_BACK = 0.001;

    private static final String LINES = """
            {"unit":"u1001","variant":null,"since":"2026-11-05T18:13:03.421Z","reachedAt":"2026-11-05T18:23:05.205Z"}
            {"unit":"u1004","variant":null,"since":"2026-11-03T23:50:16.583Z","reachedAt":"2026-11-04T00:03:02.806Z"}
            """;

    private static final String TABLE = """
            unit,variant,since,reachedAt
            u1001,,2026-11-05T18:13:03.421Z,2026-11-05T18:23:05.205Z
            u1004,,2026-11-03T23:50:16.583Z,2026-11-04T00:03:02.806Z
            """;

    private final Audience audience;
    private final HoldBack holdBack;
    private final ObjectMapper json;

    AudienceResource(Audience audience, HoldBack holdBack, ObjectMapper json) {
        this.audience = audience;
        this.holdBack = holdBack;
        this.json = json;
    }

    /** The query parameters, as they come. */
    @NullUnmarked
    public static class Parameters {

        @Parameter(description = "Key of a step that the units reached", example = "cart")
        @QueryParam("reached")
        String reached;

        @Parameter(description = "Key of a step that they have not reached since", example = "purchase")
        @QueryParam("notReached")
        String notReached;

        @Parameter(
                description =
                        "How far back their first step, or exposure, lies at most, an ISO 8601 duration; P7D unless"
                                + " said otherwise",
                example = "P7D")
        @QueryParam("within")
        String within;

        @Parameter(description = "Key of an experiment: only units exposed to it", example = "checkout-button")
        @QueryParam("experiment")
        String experiment;

        @Parameter(description = "Key of a variant of that experiment: only units of it", example = "treatment")
        @QueryParam("variant")
        String variant;

        AudienceRequest of(String journey) {
            return new AudienceRequest(
                    journey, reached, notReached, OptionsReader.duration("within", within, USUAL), experiment, variant);
        }
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces(NDJSON)
    @Operation(
            summary = "List the units that reached one step and not another",
            description =
                    "One JSON object a line, ordered by unit: `unit`, `variant`, `since`, `reachedAt`. Also as `text/csv`. "
                            + "Nothing is recorded; POST the same address with `holdBack` to learn what the list is worth.")
    @APIResponse(
            responseCode = "200",
            description = "Units, one a line",
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING),
                        extensions = @Extension(name = ExampleExtension.NAME, value = LINES)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING), example = TABLE)
            })
    public InputStream lines(@PathParam("key") String key, @BeanParam Parameters parameters) {
        return lines(audience.find(parameters.of(key)));
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces(CSV)
    @Operation(hidden = true)
    public InputStream table(@PathParam("key") String key, @BeanParam Parameters parameters) {
        Audience.Listing listing = audience.find(parameters.of(key));
        return Spool.of(text -> {
            try (CsvWriter csv = header(text)) {
                listing.forEach(member -> writeRow(csv, member));
            }
        });
    }

    @POST
    @RolesAllowed(Permission.WRITE)
    @Produces(NDJSON)
    @Operation(
            summary = "Export such a list and hold a random share of it back",
            description =
                    "Starts an experiment: units on the list are exposed to `treatment`, those held back (and not on the "
                            + "list) to `control`. Its report tells what was done with the list is worth. The headers "
                            + "`Microlift-Experiment`, `Microlift-Exported` and `Microlift-Held-Back` name it. Also as "
                            + "`text/csv`.")
    @APIResponse(
            responseCode = "200",
            description = "Units to do something with, one a line; those held back are left out",
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING),
                        extensions = @Extension(name = ExampleExtension.NAME, value = LINES)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING), example = TABLE)
            })
    public Response splitLines(
            @PathParam("key") String key,
            @BeanParam Parameters parameters,
            @Parameter(description = "Share of the units that is held back, from 0.001 to 0.9", example = "0.1")
                    @QueryParam("holdBack")
                    @Nullable
                    String share) {
        return split(key, parameters, share, (text, listing) -> listing.accept(member -> writeLine(text, member)));
    }

    @POST
    @RolesAllowed(Permission.WRITE)
    @Produces(CSV)
    @Operation(hidden = true)
    public Response splitTable(
            @PathParam("key") String key,
            @BeanParam Parameters parameters,
            @QueryParam("holdBack") @Nullable String share) {
        return split(key, parameters, share, (text, listing) -> {
            try (CsvWriter csv = header(text)) {
                listing.accept(member -> writeRow(csv, member));
            }
        });
    }

    /** Writes a list in one of its forms. */
    private interface Form {
        void write(Writer text, Consumer<Consumer<Member>> listing) throws IOException;
    }

    private Response split(String key, Parameters parameters, @Nullable String text, Form form) {
        double share = share(text);
        Audience.Listing listing = audience.find(parameters.of(key));
        HoldBack.Split[] split = new HoldBack.Split[1];
        InputStream list;
        // The whole list first: nothing is written to the log while the events are being read.
        try (BufferedReader everybody = new BufferedReader(new InputStreamReader(lines(listing), UTF_8))) {
            list = Spool.of(out -> form.write(
                    out, member -> split[0] = holdBack.split(key, listing.unitType(), share, everybody, member)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Response.ok(list)
                .header("Microlift-Experiment", split[0].experiment())
                .header("Microlift-Exported", split[0].exported())
                .header("Microlift-Held-Back", split[0].heldBack())
                .build();
    }

    private InputStream lines(Audience.Listing listing) {
        return Spool.of(text -> listing.forEach(member -> writeLine(text, member)));
    }

    private static double share(@Nullable String text) {
        try {
            double share = Double.parseDouble(text == null ? "" : text);
            if (share >= LEAST_HELD_BACK && share <= MOST_HELD_BACK) {
                return share;
            }
        } catch (NumberFormatException notANumber) {
            // told below, like a share out of range
        }
        throw new ProblemException(
                ErrorCode.INVALID_PARAMETER,
                "holdBack must be a share from " + LEAST_HELD_BACK + " to " + MOST_HELD_BACK);
    }

    private void writeLine(Writer text, Member member) {
        try {
            text.write(json.writeValueAsString(member));
            text.write('\n');
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static CsvWriter header(Writer text) {
        CsvWriter csv = CsvText.lines(text);
        csv.writeRecord("unit", "variant", "since", "reachedAt");
        return csv;
    }

    private static void writeRow(CsvWriter csv, Member member) {
        csv.writeRecord(
                CsvText.guarded(member.unit()),
                CsvText.guarded(member.variant()),
                JsonFormat.write(member.since()),
                member.reachedAt() == null ? "" : JsonFormat.write(member.reachedAt()));
    }
}
