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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Live counters over HTTP. */
@Path("/api/v1/experiments/{key}/live")
@Tag(name = "Reports")
public class LiveResource {

    private static final String COUNTERS = """
            {"experiment": "checkout-button", "at": "2026-11-23T08:01:28.850Z",
             "variants": [{"variant": "control", "assigned": null, "reason": "NOT_RECORDED", "exposed": 1457,
               "steps": [{"step": "search", "units": 884}, {"step": "view", "units": 755}, {"step": "cart", "units": 281}],
               "goal": 130},
              {"variant": "treatment", "assigned": null, "reason": "NOT_RECORDED", "exposed": 1382,
               "steps": [{"step": "search", "units": 878}, {"step": "view", "units": 760}, {"step": "cart", "units": 362}],
               "goal": 144}]}""";

    private static final String STREAM = """
            data:{"experiment":"checkout-button","at":"2026-11-23T08:01:28.850Z","variants":[{"variant":"control",\
            "assigned":null,"reason":"NOT_RECORDED","exposed":1457,"steps":[{"step":"search","units":884},\
            {"step":"view","units":755},{"step":"cart","units":281}],"goal":130},{"variant":"treatment",\
            "assigned":null,"reason":"NOT_RECORDED","exposed":1382,"steps":[{"step":"search","units":878},\
            {"step":"view","units":760},{"step":"cart","units":362}],"goal":144}]}

            """;

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
    @APIResponse(
            responseCode = "200",
            description = "The counters; as text/event-stream again and again",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = LiveCounters.class),
                        example = COUNTERS),
                @Content(mediaType = "text/event-stream", schema = @Schema(type = SchemaType.STRING), example = STREAM)
            })
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
