package dev.microlift.server.report.live;

import dev.microlift.server.access.Permission;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Live counters over HTTP. */
@Path("/api/v1/experiments/{key}/live")
@Tag(name = "Reports")
public class LiveResource {

    private final Live live;

    LiveResource(Live live) {
        this.live = live;
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read an experiment's counters, a few seconds old",
            description =
                    "Exposed units, units at each step and at the goal, by variant; units whose window is open are "
                            + "included. `assigned` is null (`NOT_RECORDED`): a variant is computed wherever it is asked for, and "
                            + "no list is kept. With `Accept: text/event-stream` they come again every 5 seconds, for an hour at "
                            + "most.")
    public LiveCounters counters(@PathParam("key") String key) {
        return live.counters(key);
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(hidden = true)
    public Multi<LiveCounters> stream(@PathParam("key") String key) {
        return live.stream(key);
    }
}
