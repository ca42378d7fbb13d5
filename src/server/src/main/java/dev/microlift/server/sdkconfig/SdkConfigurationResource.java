package dev.microlift.server.sdkconfig;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.access.KeyRing;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.DocumentReading;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.OffLoop;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.stream.OpenStreams;
import dev.microlift.server.stream.Signal;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The three addresses that GrowthBook's SDKs know; the key stands in the address, as they have no other place for it. */
@Path("/")
@Tag(
        name = "SDK configuration",
        description = "GrowthBook's payload, stream and remote evaluation, for its SDKs and ours")
@PermitAll
@NonBlocking
public class SdkConfigurationResource {

    private static final String CACHING = "max-age=30, stale-while-revalidate=3600";
    private static final String STREAMING = "x-sse-support";
    private static final String BODY = "{\"attributes\": {\"id\": \"u1\", \"country\": \"DE\"}}";

    private final Configuration configuration;
    private final OpenStreams streams;
    private final KeyRing keys;

    SdkConfigurationResource(Configuration configuration, OpenStreams streams, KeyRing keys) {
        this.configuration = configuration;
        this.streams = streams;
        this.keys = keys;
    }

    @GET
    @Path("/api/features/{clientKey}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read what runs, with every rule",
            description = "GrowthBook's payload. Not for keys that hide the rules: to them only evaluation is open.")
    @APIResponse(
            responseCode = "200",
            description = "The payload",
            content = @Content(mediaType = "application/json", example = PayloadExamples.PAYLOAD))
    @APIResponse(responseCode = "304", description = "The payload named by `If-None-Match` still holds")
    public Response features(
            @PathParam("clientKey") String clientKey,
            @Parameter(hidden = true) @HeaderParam("Origin") @Nullable String origin,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Parameter(hidden = true) @HeaderParam("Accept-Encoding") @Nullable String acceptEncoding) {
        if (admit(clientKey, origin).hidesRules()) {
            throw new ProblemException(
                    ErrorCode.BAD_REQUEST, "this key hides the rules (remote evaluation only): use /api/eval");
        }
        Payload payload = configuration.current().payload();
        boolean compressed = acceptEncoding != null && acceptEncoding.contains("gzip");
        String tag = compressed ? payload.gzipTag() : payload.tag();
        Response.ResponseBuilder response = Response.notModified();
        if (!EntityTags.matches(ifNoneMatch, tag)) {
            response = compressed
                    ? Response.ok(payload.gzip()).header("Content-Encoding", "gzip")
                    : Response.ok(payload.json());
        }
        return response.header("ETag", tag)
                .header("Vary", "Accept-Encoding, Origin")
                .header("Cache-Control", CACHING)
                .header(STREAMING, "enabled")
                .build();
    }

    @POST
    @Path("/api/eval/{clientKey}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Evaluate for one user without giving the rules away",
            description = "GrowthBook's remote evaluation: a payload with values and tracking data only.")
    @RequestBody(content = @Content(mediaType = "application/json", example = BODY))
    @APIResponse(
            responseCode = "200",
            description = "The payload for this user",
            content = @Content(mediaType = "application/json", example = PayloadExamples.EVALUATED))
    public Uni<Response> evaluate(
            @PathParam("clientKey") String clientKey,
            @Parameter(hidden = true) @HeaderParam("Origin") @Nullable String origin,
            @Parameter(hidden = true) @HeaderParam("Content-Length") @Nullable Long contentLength,
            InputStream body) {
        KeyHolder holder = admit(clientKey, origin);
        return DocumentReading.answer(body, contentLength, document -> evaluated(RemoteRequest.read(document), holder));
    }

    private Uni<Response> evaluated(RemoteRequest request, KeyHolder holder) {
        Configuration.State current = configuration.current();
        RemoteEvaluation evaluation = new RemoteEvaluation(request);
        return OffLoop.run(
                current.compiled().mayWait(),
                () -> Uni.createFrom().item(evaluated(evaluation.payload(current), holder)));
    }

    private static Response evaluated(byte[] payload, KeyHolder holder) {
        Response.ResponseBuilder response = Response.ok(payload);
        // The stream of a key that may see the rules carries them, and would end the remote evaluation.
        if (holder.hidesRules()) {
            response.header(STREAMING, "enabled");
        }
        return response.header("Cache-Control", "no-store").build();
    }

    @GET
    @Path("/sub/{clientKey}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Hear of what runs when it changes",
            description = "Server-sent events: `features` with the whole payload, or for a key that hides the rules"
                    + " `features-updated`, upon which the SDK evaluates again.")
    @APIResponse(
            responseCode = "200",
            description = "An event for every change, and a comment every 20 seconds",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema = @Schema(type = SchemaType.STRING),
                            example = PayloadExamples.EVENT))
    public Multi<OutboundSseEvent> subscribe(
            @PathParam("clientKey") String clientKey,
            @Parameter(hidden = true) @HeaderParam("Origin") @Nullable String origin,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context HttpServerRequest request,
            @Context Sse sse) {
        KeyHolder holder = admit(clientKey, origin);
        return streams.open(holder, lastEventId, request).map(signal -> event(sse, signal, holder.hidesRules()));
    }

    private OutboundSseEvent event(Sse sse, Signal signal, boolean hidesRules) {
        if (!(signal instanceof Signal.Changed changed)) {
            return sse.newEventBuilder().comment("alive").build();
        }
        return sse.newEventBuilder()
                .id(Long.toString(changed.version()))
                .name(hidesRules ? "features-updated" : "features")
                .data(hidesRules ? "{}" : configuration.current().payload().text())
                .build();
    }

    private KeyHolder admit(String clientKey, @Nullable String origin) {
        return keys.admit(clientKey, Permission.EVALUATE, Optional.ofNullable(origin));
    }
}
