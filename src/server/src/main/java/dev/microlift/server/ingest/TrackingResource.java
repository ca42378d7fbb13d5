package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.openapi.ExampleExtension;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The tracking specification's routes. Keys are checked inside, because one may stand in the body; the role must allow
 * {@code track}.
 *
 * <p>Until a body is there, or as much of it as is kept in memory, no thread waits for it.
 */
@Path("/v1")
@Tag(name = "Tracking", description = "Messages of the Segment tracking specification; stock libraries work unchanged")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@NonBlocking
public class TrackingResource {

    private static final String EVENT =
            "{\"event\": \"Product Viewed\", \"userId\": \"u1\", \"properties\": {\"price\": 9.5}}";

    private static final String BATCH = "{\"batch\": [{\"type\": \"track\", \"messageId\": \"m-1\", \"userId\": \"u1\","
            + " \"event\": \"Experiment Viewed\","
            + " \"properties\": {\"experiment_id\": \"checkout-button\", \"variation_id\": \"treatment\"}},"
            + " {\"type\": \"track\", \"messageId\": \"m-2\", \"userId\": \"null\", \"event\": \"Product Viewed\"}]}";

    private static final String PAGE = "{\"name\": \"Start\", \"userId\": \"u1\", \"properties\": {\"path\": \"/\","
            + " \"url\": \"https://shop.example/\", \"title\": \"Shop\"}}";

    private static final String SCREEN = "{\"name\": \"Cart\", \"userId\": \"u1\", \"properties\": {\"items\": 2}}";

    private static final String IDENTITY =
            "{\"anonymousId\": \"a1\", \"userId\": \"u1\", \"traits\": {\"plan\": \"free\"}}";

    private static final String ALIAS = "{\"previousId\": \"a2\", \"userId\": \"u1\"}";

    private static final String MEMBERSHIP =
            "{\"groupId\": \"g1\", \"userId\": \"u1\", \"traits\": {\"name\": \"Example Ltd\"}}";

    private static final String TAKEN = "The message is durable, or told why it is not taken";

    private final Ingest ingest;

    TrackingResource(Ingest ingest) {
        this.ingest = ingest;
    }

    @POST
    @Path("/batch")
    @Operation(
            summary = "Send messages",
            description =
                    "Answers once the good ones are durable. A bad message is rejected alone. Ids of other unit types"
                            + " than user and visitor stand in `context.units`; its `user` and `anonymous` are taken"
                            + " for `userId` and `anonymousId` where these are absent, otherwise the fields count."
                            + " With `dryRun` it says what it would answer if nothing were stored yet, and stores"
                            + " nothing.")
    @RequestBody(content = @Content(mediaType = "application/json", example = BATCH))
    @APIResponse(
            responseCode = "200",
            description = "The good messages are durable, the others listed",
            extensions = @Extension(name = ExampleExtension.NAME, value = OutcomeExamples.BATCH, parseValue = true))
    public Uni<Outcome> batch(
            @Parameter(
                            description = "true stores nothing and says what would happen; false (default)",
                            example = "true")
                    @QueryParam("dryRun")
                    @DefaultValue("false")
                    String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return ingest.batch(new Submission("/v1/batch", headers::getHeaderString, body), dryRun);
    }

    @POST
    @Path("/track")
    @Operation(
            summary = "Send an event, or as `Experiment Viewed` an exposure",
            description =
                    "An exposure names `experiment_id` and `variation_id` among its properties; the others are attributes of the"
                            + " unit, by which reports break down. Without a `messageId` the server makes one.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EVENT))
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            extensions = @Extension(name = ExampleExtension.NAME, value = OutcomeExamples.ONE, parseValue = true))
    public Uni<Outcome> track(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.TRACK, headers, body);
    }

    @POST
    @Path("/page")
    @Operation(
            summary = "Send a page view",
            description = "Becomes an event named `page`, with `name` among its properties.")
    @RequestBody(content = @Content(mediaType = "application/json", example = PAGE))
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            extensions = @Extension(name = ExampleExtension.NAME, value = OutcomeExamples.ONE, parseValue = true))
    public Uni<Outcome> page(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.PAGE, headers, body);
    }

    @POST
    @Path("/screen")
    @Operation(
            summary = "Send a screen view",
            description = "Becomes an event named `screen`, with `name` among its properties.")
    @RequestBody(content = @Content(mediaType = "application/json", example = SCREEN))
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            extensions = @Extension(name = ExampleExtension.NAME, value = OutcomeExamples.ONE, parseValue = true))
    public Uni<Outcome> screen(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.SCREEN, headers, body);
    }

    @POST
    @Path("/identify")
    @Operation(
            summary = "Link an anonymous id to a user",
            description =
                    "The first link of an id counts, and none once its user was erased. It never moves a unit between variants.")
    @RequestBody(content = @Content(mediaType = "application/json", example = IDENTITY))
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            extensions = @Extension(name = ExampleExtension.NAME, value = OutcomeExamples.ONE, parseValue = true))
    public Uni<Outcome> identify(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.IDENTIFY, headers, body);
    }

    @POST
    @Path("/alias")
    @Operation(
            summary = "Say that two user ids are one user",
            description = "Kept, exported and erased with either id, but it joins nothing: figures go on counting two"
                    + " users. Only an `identify` links ids, an anonymous one to a user.")
    @RequestBody(content = @Content(mediaType = "application/json", example = ALIAS))
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            extensions = @Extension(name = ExampleExtension.NAME, value = OutcomeExamples.ONE, parseValue = true))
    public Uni<Outcome> alias(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.ALIAS, headers, body);
    }

    @POST
    @Path("/group")
    @Operation(summary = "Say that a user belongs to a group")
    @RequestBody(content = @Content(mediaType = "application/json", example = MEMBERSHIP))
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            extensions = @Extension(name = ExampleExtension.NAME, value = OutcomeExamples.ONE, parseValue = true))
    public Uni<Outcome> group(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.GROUP, headers, body);
    }

    private Uni<Outcome> single(Kind kind, HttpHeaders headers, InputStream body) {
        return ingest.single(kind, new Submission("/v1/" + kind.text(), headers::getHeaderString, body));
    }
}
