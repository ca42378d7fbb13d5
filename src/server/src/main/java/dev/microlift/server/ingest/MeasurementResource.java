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
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The routes of Google Analytics 4's Measurement Protocol: senders work when their host is set to this one. */
@Path("/")
@Tag(name = "Tracking")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@NonBlocking
public class MeasurementResource {

    private static final String BODY = "{\"client_id\": \"a1\", \"user_id\": \"u1\", \"events\":"
            + " [{\"name\": \"add_to_cart\", \"params\": {\"value\": 9.5, \"currency\": \"EUR\"}},"
            + " {\"name\": \"experiment_viewed\","
            + " \"params\": {\"experiment_id\": \"checkout-button\", \"variation_id\": \"treatment\"}}]}";

    private static final String WRONG = "{\"client_id\": \"a1\", \"events\": [{\"name\": \"add_to_cart\"},"
            + " {\"name\": \"experiment_viewed\", \"params\": {\"experiment_id\": \"checkout-button\"}}]}";

    private static final String CHECK = """
            {"validationMessages": [{"fieldPath": "events[1].params.variation_id",
               "description": "an exposure names its variation_id as text", "validationCode": "VALUE_REQUIRED"}]}""";

    private static final String STREAM = "Names the stream that the events come from; any text, required";

    private final Measurements measurements;

    MeasurementResource(Measurements measurements) {
        this.measurements = measurements;
    }

    @POST
    @Path("mp/collect")
    @Operation(
            summary = "Send events of the GA4 Measurement Protocol",
            description =
                    "`api_secret` is a key that may track. Answers like the original, with 204 once the good events"
                            + " are durable, but refuses a wrong key, bad JSON and too much with a problem. Rejected events"
                            + " are listed in /api/v1/rejects. `page_view` is a page, `experiment_viewed` an exposure;"
                            + " `message_id` or `event_id` among the params makes an event safe to repeat.")
    @RequestBody(content = @Content(mediaType = "application/json", example = BODY))
    @APIResponse(responseCode = "204", description = "Every good event is durable")
    public Uni<Void> collect(
            @Parameter(description = STREAM, example = "G-1A2B3C") @QueryParam("measurement_id") @Nullable
                    String measurementId,
            @Parameter(description = "A key that may track", example = "mls_…") @QueryParam("api_secret") @Nullable
                    String apiSecret,
            @Context HttpHeaders headers,
            InputStream body) {
        return measurements.collect(
                new Submission("/mp/collect", headers::getHeaderString, Optional.ofNullable(apiSecret), body),
                measurementId);
    }

    @POST
    @Path("debug/mp/collect")
    @Operation(
            summary = "Check events of the GA4 Measurement Protocol",
            description = "Says what is wrong with them, as the original's debug address does, and stores nothing.")
    @RequestBody(content = @Content(mediaType = "application/json", example = WRONG))
    @APIResponse(
            responseCode = "200",
            description = "What is wrong with the events; nothing if the list is empty",
            extensions = @Extension(name = ExampleExtension.NAME, value = CHECK, parseValue = true))
    public Uni<MeasurementCheck> check(
            @Parameter(description = STREAM, example = "G-1A2B3C") @QueryParam("measurement_id") @Nullable
                    String measurementId,
            @Parameter(description = "A key that may track", example = "mls_…") @QueryParam("api_secret") @Nullable
                    String apiSecret,
            @Context HttpHeaders headers,
            InputStream body) {
        return measurements.check(
                new Submission("/debug/mp/collect", headers::getHeaderString, Optional.ofNullable(apiSecret), body),
                measurementId);
    }
}
