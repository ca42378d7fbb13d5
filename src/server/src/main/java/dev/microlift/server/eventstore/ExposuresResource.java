package dev.microlift.server.eventstore;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Received exposures over HTTP: the place to look when an experiment stays empty. */
@Path("/api/v1/exposures")
@Tag(name = "Exposures")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.READ)
public class ExposuresResource {

    private final EventStore events;

    ExposuresResource(EventStore events) {
        this.events = events;
    }

    @GET
    @Operation(
            summary = "List the experiments and variants that exposures came in for",
            description = "Those of experiments that do not exist here are listed too: a misspelt key is seen at once.")
    public Page<ReceivedExposures> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Page.Request request = Page.Request.of(limit, cursor);
        return events.read(connection -> ReceivedExposures.list(connection, request));
    }
}
