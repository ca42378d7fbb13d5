package dev.microlift.server.report.units;

import dev.microlift.server.access.Permission;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.report.ReportResource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Units over HTTP. */
@Path("/api/v1/experiments/{key}/units")
@Tag(name = "Reports")
public class UnitsResource {

    private static final String LINES = """
            {"unit":"u1012","variant":"control","fate":"compared","t0":"2026-11-05T11:52:09.325Z",\
            "closes":"2026-11-12T11:52:09.325Z","furthest":4,"strict":4,\
            "first":{"search":"2026-11-05T11:53:17.823Z","view":"2026-11-05T11:55:55.008Z",\
            "cart":"2026-11-05T11:59:36.617Z","purchase":"2026-11-06T08:52:19.181Z"},"values":{"purchase":31.34}}
            {"unit":"u100","variant":"control","fate":"compared","t0":"2026-11-09T21:33:23.081Z",\
            "closes":"2026-11-16T21:33:23.081Z","furthest":0,"strict":0,"first":{"search":null,"view":null,\
            "cart":null,"purchase":null},"values":{"purchase":0.0}}
            """;

    private final UnitLines units;

    UnitsResource(UnitLines units) {
        this.units = units;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Export the units of an experiment",
            description =
                    "One JSON object a line, ordered by unit: the unit, its first variant, what becomes of it (`compared`, "
                            + "`crossover`, `overridden`, `bot`), its first exposure (t0), until when it is followed (to the "
                            + "end of its window, or to the experiment's), how far it came, when it first did each step, "
                            + "and what its values add up to. Units whose window is open come with `population=all` only.")
    @APIResponse(
            responseCode = "200",
            description = "Units, one a line",
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(type = SchemaType.STRING),
                            extensions = @Extension(name = ExampleExtension.NAME, value = LINES)))
    public InputStream units(@PathParam("key") String key, @BeanParam ReportResource.UnitsParameters parameters) {
        return units.of(key, parameters.units());
    }
}
