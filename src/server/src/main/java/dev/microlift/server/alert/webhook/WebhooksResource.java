package dev.microlift.server.alert.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.access.Permission;
import dev.microlift.server.alert.AlertKind;
import dev.microlift.server.document.Choices;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Fields;
import dev.microlift.server.document.Page;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Webhooks over HTTP. */
@Path("/api/v1/webhooks")
@Tag(name = "Alerts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.ADMINISTER)
public class WebhooksResource {

    private static final int MAX_URL = 2000;

    private static final String REQUEST = """
            {"url": "https://hooks.example.com/microlift", "events": ["guardrailViolated", "trustInvalid"]}""";

    private static final String CREATED = """
            {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "url": "https://hooks.example.com/microlift",
             "events": ["guardrailViolated", "trustInvalid"], "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw…",
             "createdAt": "2026-01-31T08:00:00.000Z"}""";

    private static final String DELIVERIES = """
            {"items": [{"id": "msg_6f1a3c0e-2b7d-4f0c-9d55-0c0b5c7a9a11", "type": "alert.opened", "state": "pending",
               "attempts": 2, "nextAttemptAt": "2026-01-31T08:00:40.000Z", "lastStatus": 503,
               "lastError": "the receiver answered 503", "createdAt": "2026-01-31T08:00:00.000Z", "finishedAt": null}],
             "nextCursor": null}""";

    private static final String WEBHOOK = """
            {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "url": "https://hooks.example.com/microlift",
             "events": ["guardrailViolated", "trustInvalid"], "createdAt": "2026-01-31T08:00:00.000Z"}""";

    private static final String LIST = "{\"items\": [" + WEBHOOK + "], \"nextCursor\": null}";

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final WebhookSettings settings;

    WebhooksResource(Webhooks webhooks, Deliveries deliveries, WebhookSettings settings) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.settings = settings;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make a webhook",
            description =
                    "It is told when alerts open and close, of the kinds in `events`, or of all without it. Deliveries are"
                            + " POSTs of `{\"type\": \"alert.opened\", \"timestamp\": …, \"data\": <the alert>}`, signed as"
                            + " Standard Webhooks says (`webhook-id`, `webhook-timestamp`, `webhook-signature`), and"
                            + " repeated for a day until the receiver answers 2xx. The answer is the only one that shows"
                            + " the secret. The address is https and leads to the public internet.")
    @RequestBody(content = @Content(mediaType = "application/json", example = REQUEST))
    @APIResponse(
            responseCode = "201",
            description = "The webhook, this once with its secret; `Location` says where it is",
            content = @Content(mediaType = "application/json", example = CREATED))
    public Response create(InputStream body) {
        Webhook created = webhooks.create(wanted(Documents.read(body)));
        return Response.created(URI.create("/api/v1/webhooks/" + created.id()))
                .entity(created)
                .build();
    }

    @GET
    @Operation(summary = "List webhooks, without their secrets")
    @APIResponse(
            responseCode = "200",
            description = "Webhooks, ordered by id",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<Webhook> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        return webhooks.list(Page.Request.of(limit, cursor));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a webhook, without its secret")
    @APIResponse(
            responseCode = "200",
            description = "The webhook",
            extensions = @Extension(name = ExampleExtension.NAME, value = WEBHOOK, parseValue = true))
    public Webhook get(@PathParam("id") String id) {
        return webhooks.get(id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a webhook, with what it was not told yet")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(@PathParam("id") String id) {
        webhooks.delete(id);
    }

    @GET
    @Path("/{id}/deliveries")
    @Operation(
            summary = "List what a webhook was told, newest first",
            description =
                    "`state` is pending, delivered or failed. What is not taken is sent again after 10 s, 30 s, 90 s and so"
                            + " on, 10 times in all; 410 ends it at once. Finished deliveries are kept for 30 days.")
    @APIResponse(
            responseCode = "200",
            description = "Deliveries, the newest first",
            extensions = @Extension(name = ExampleExtension.NAME, value = DELIVERIES, parseValue = true))
    public Page<Delivery> deliveries(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        webhooks.get(id);
        return deliveries.list(id, Page.Request.of(limit, cursor));
    }

    private Webhooks.Wanted wanted(JsonNode document) {
        Faults faults = new Faults();
        Optional<Webhooks.Wanted> wanted = Fields.read(document, "", faults, fields -> {
            String url = fields.requiredText("url", MAX_URL);
            if (!url.isBlank()) {
                checkUrl(fields, url);
            }
            return Optional.of(new Webhooks.Wanted(url, events(fields)));
        });
        faults.throwIfAny();
        return wanted.orElseThrow(() -> new ProblemException(ErrorCode.INVALID_DOCUMENT, "not a webhook"));
    }

    private void checkUrl(Fields fields, String url) {
        try {
            Destination.parse(url, settings.allowPrivateAddresses());
        } catch (Destination.RefusedException refused) {
            fields.fault("url", "invalid-url", refused.reason());
        }
    }

    private static List<AlertKind> events(Fields fields) {
        List<String> named = fields.texts("events", AlertKind.values().length, 100);
        List<AlertKind> kinds = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            Optional<AlertKind> kind = Choices.find(AlertKind.class, named.get(i));
            kind.ifPresent(kinds::add);
            if (kind.isEmpty()) {
                fields.fault("events", i, "unknown-value", "one of " + Choices.names(AlertKind.class) + " is expected");
            }
        }
        return kinds;
    }
}
