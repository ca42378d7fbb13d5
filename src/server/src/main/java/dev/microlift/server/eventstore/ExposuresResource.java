package dev.microlift.server.eventstore;

import dev.microlift.server.access.Permission;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Received exposures over HTTP: the place to look when an experiment stays empty. */
@Path("/api/v1/exposures")
@Tag(name = "Exposures")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.READ)
public class ExposuresResource {

    private static final String LIST = """
            {"items": [{"experiment": "checkout-button", "variant": "control", "exposures": 1457, "units": 1457,
               "firstSeen": "2026-11-03T08:02:01.755Z", "lastSeen": "2026-11-15T07:58:56.361Z"},
              {"experiment": "checkout-button", "variant": "treatment", "exposures": 1384, "units": 1383,
               "firstSeen": "2026-11-03T08:24:12.798Z", "lastSeen": "2026-11-23T08:01:09.832Z"}], "nextCursor": null}""";

    private final EventStore events;

    ExposuresResource(EventStore events) {
        this.events = events;
    }

    @GET
    @Operation(
            summary = "List the experiments and variants that exposures came in for",
            description = "Those of experiments that do not exist here are listed too: a misspelt key is seen at once.")
    @APIResponse(
            responseCode = "200",
            description = "How many exposures came in, by experiment and variant",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<ReceivedExposures> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Page.Request request = Page.Request.of(limit, cursor);
        return events.read(connection -> ReceivedExposures.list(connection, request));
    }
}
