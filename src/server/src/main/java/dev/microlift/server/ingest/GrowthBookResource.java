package dev.microlift.server.ingest;

import dev.microlift.server.openapi.ExampleExtension;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where GrowthBook's tracking plugin sends to when its {@code ingestorHost} is this server. */
@Path("/track")
@Tag(name = "Tracking")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@NonBlocking
public class GrowthBookResource {

    private static final String BODY = "[{\"event_name\": \"Experiment Viewed\", \"properties_json\":"
            + " {\"experimentId\": \"checkout-button\", \"variationId\": \"treatment\", \"hashAttribute\": \"id\","
            + " \"hashValue\": \"a1\"}, \"user_id\": null, \"device_id\": \"a1\", \"session_id\": null,"
            + " \"sdk_language\": \"js\", \"sdk_version\": \"1.6.5\", \"url\": \"https://shop.example/\","
            + " \"context_json\": {\"country\": \"DE\"}}]";

    private final Ingest ingest;
    private final EnvelopeReader envelopes = new EnvelopeReader(new StrictJson());

    GrowthBookResource(Ingest ingest) {
        this.ingest = ingest;
    }

    @POST
    @Operation(
            summary = "Send events of GrowthBook's tracking plugin",
            description = "`client_key` is a key that may track. `Experiment Viewed` is an exposure with the user's"
                    + " attributes as its properties, everything else an event. `user_id`, or without it `device_id`, is the"
                    + " user; the attribute `anonymous`, or without it `device_id`, the visitor. An exposure names the unit"
                    + " that was hashed, of whatever type; other events are of units of further types only by an"
                    + " attribute `units`, such as `{\"company\": \"acme\"}`.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class),
                            example = BODY))
    @APIResponse(
            responseCode = "200",
            description = "The good events are durable, the others listed",
            extensions = @Extension(name = ExampleExtension.NAME, value = OutcomeExamples.ONE, parseValue = true))
    public Uni<Outcome> track(
            @Parameter(description = "A key that may track", example = "mlc_…") @QueryParam("client_key") @Nullable
                    String clientKey,
            @Context HttpHeaders headers,
            InputStream body) {
        return ingest.take(
                new Submission("/track", headers::getHeaderString, Optional.ofNullable(clientKey), body),
                new Reception.Form("", content -> GrowthBookEvents.envelope(envelopes.list(content))));
    }
}
