package dev.microlift.server.evaluation;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.stream.OpenStreams;
import dev.microlift.server.stream.Signal;
import dev.microlift.server.stream.StreamTokens;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The stream that tells providers when to evaluate again. */
@Path(OfrepEventsResource.PATH)
@Tag(name = "Evaluation")
@PermitAll
public class OfrepEventsResource {

    static final String PATH = "/ofrep/v1/events";

    private static final String EVENT = """
            id:15
            event:message
            data:{"type":"refetchEvaluation","etag":"\\"15\\"","lastModified":1795420858}

            """;

    private final OpenStreams streams;
    private final StreamTokens tokens;

    OfrepEventsResource(OpenStreams streams, StreamTokens tokens) {
        this.streams = streams;
        this.tokens = tokens;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Hear of changed flags",
            description = "Server-sent events; the address with its token is the one in `eventStreams` of a bulk"
                    + " evaluation. The token opens this stream only, for one to two hours.")
    @APIResponse(
            responseCode = "200",
            description = "An event for every change, and a comment every 20 seconds",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema = @Schema(type = SchemaType.STRING),
                            example = EVENT))
    public Multi<OutboundSseEvent> events(
            @Parameter(description = "The token of a bulk evaluation's `eventStreams`", example = "nx96ybwkYc…")
                    @QueryParam("token")
                    @DefaultValue("")
                    String token,
            @Parameter(hidden = true) @HeaderParam("Origin") @Nullable String origin,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context HttpServerRequest request,
            @Context Sse sse) {
        KeyHolder holder = tokens.holder(token)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.UNAUTHORIZED, "the token is unknown or expired; evaluate again to get another"));
        holder.requireOrigin(Optional.ofNullable(origin));
        return streams.open(holder, lastEventId, request).map(signal -> event(sse, signal));
    }

    private static OutboundSseEvent event(Sse sse, Signal signal) {
        if (signal instanceof Signal.Changed changed) {
            return sse.newEventBuilder()
                    .name("message")
                    .id(Long.toString(changed.version()))
                    .data(refetch(changed))
                    .build();
        }
        return sse.newEventBuilder().comment("alive").build();
    }

    private static String refetch(Signal.Changed changed) {
        return "{\"type\":\"refetchEvaluation\",\"etag\":\""
                + EntityTags.tag(changed.version()).replace("\"", "\\\"") + "\",\"lastModified\":"
                + changed.at().getEpochSecond() + "}";
    }
}
