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

/** Names of received events over HTTP: what steps can be made of. */
@Path("/api/v1/events/names")
@Tag(name = "Events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.READ)
public class EventNamesResource {

    private static final String EXAMPLE = """
            {"items": [
              {"name": "Order Completed", "kind": "track", "count": 1204,
               "firstSeen": "2026-03-01T08:00:00.000Z", "lastSeen": "2026-03-09T17:21:44.120Z",
               "properties": [{"name": "revenue", "count": 1204}, {"name": "coupon", "count": 87}]}],
             "nextCursor": null}""";

    private final EventStore events;

    EventNamesResource(EventStore events) {
        this.events = events;
    }

    @GET
    @Operation(
            summary = "List the names that events came in under",
            description = "Each with how often it came and the properties its events carried, the most frequent first, "
                    + "at most 100. Names that no step uses (yet) are listed too, and so is what known robots sent.")
    @APIResponse(
            responseCode = "200",
            description = "Names, with how often they came and their properties",
            extensions = @Extension(name = ExampleExtension.NAME, value = EXAMPLE, parseValue = true))
    public Page<ReceivedName> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Page.Request request = Page.Request.of(limit, cursor);
        return events.read(connection -> ReceivedName.list(connection, request));
    }
}
