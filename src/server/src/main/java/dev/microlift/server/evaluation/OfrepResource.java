package dev.microlift.server.evaluation;

import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.DocumentReading;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.OffLoop;
import dev.microlift.server.stream.StreamTokens;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * OpenFeature's Remote Evaluation Protocol: stock providers get their variants here. Everything happens on the thread that
 * read the request, which must not wait; only a body too long to be kept in memory, and experiments that depend on what
 * units just did, are left to another one.
 */
@Path("/ofrep/v1/evaluate/flags")
@Tag(name = "Evaluation")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.EVALUATE)
@NonBlocking
public class OfrepResource {

    private static final String EXAMPLE = "{\"context\": {\"targetingKey\": \"u1\", \"country\": \"DE\"}}";

    /** With its charset, which otherwise would be added to a new type for each answer. */
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");

    private static final String FLAG = """
            {"key": "checkout-button", "value": true, "reason": "SPLIT", "variant": "treatment",
             "metadata": {"experiment": "checkout-button", "version": 3, "inExperiment": true}}""";

    private static final String FLAGS = """
            {"flags": [{"key": "cart-layout", "value": false, "reason": "DEFAULT",
               "metadata": {"experiment": "cart-layout", "version": 2, "inExperiment": false, "outside": "layer"}},
              {"key": "checkout-button", "value": true, "reason": "SPLIT", "variant": "treatment",
               "metadata": {"experiment": "checkout-button", "version": 3, "inExperiment": true}}],
             "metadata": {"version": 15},
             "eventStreams": [{"type": "sse", "endpoint": {"requestUri": "/ofrep/v1/events?token=nx96ybwkYc…"}}]}""";

    private final Snapshot snapshot;
    private final ExposureLog exposures;
    private final StreamTokens tokens;

    OfrepResource(Snapshot snapshot, ExposureLog exposures, StreamTokens tokens) {
        this.snapshot = snapshot;
        this.exposures = exposures;
        this.tokens = tokens;
    }

    @POST
    @Path("/{key}")
    @Operation(
            summary = "Evaluate one flag: the flag's key is the experiment's key",
            description =
                    "`reason` is `SPLIT` in the experiment, `TARGETING_MATCH` for an override, `DISABLED` while it does not"
                            + " run, `STATIC` after a decision, and otherwise `DEFAULT`: control's value, and `metadata.outside` says what the"
                            + " unit is outside of.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "The value; `reason` says why it is this one",
            content = @Content(mediaType = "application/json", example = FLAG))
    public Uni<Response> single(
            @Parameter(description = "Key of the experiment", example = "checkout-button") @PathParam("key") String key,
            @Parameter(hidden = true) @HeaderParam("Content-Length") @Nullable Long contentLength,
            @Parameter(hidden = true) @HeaderParam("User-Agent") @Nullable String userAgent,
            @Context SecurityContext caller,
            InputStream body) {
        ExposureLog.Caller asking =
                new ExposureLog.Caller(caller.getUserPrincipal().getName(), Optional.ofNullable(userAgent));
        return DocumentReading.answer(
                body, contentLength, document -> single(key, EvaluationRequest.context(document), asking));
    }

    private Uni<Response> single(String key, EvaluationContext context, ExposureLog.Caller caller) {
        Optional<Flag> flag = snapshot.current().find(key);
        return flag.isPresent()
                ? evaluate(flag.get(), context, caller)
                : Uni.createFrom()
                        .item(response(
                                Response.Status.NOT_FOUND,
                                FlagAnswer.failure(key, "FLAG_NOT_FOUND", "there is no experiment with this key")));
    }

    private Uni<Response> evaluate(Flag flag, EvaluationContext context, ExposureLog.Caller caller) {
        // To write an exposure down takes longer than those who ask on the same thread should wait.
        return OffLoop.run(
                flag.mayWait() || flag.exposesOnEvaluation(),
                () -> answer(flag, flag.evaluate(context), context, caller));
    }

    private Uni<Response> answer(
            Flag flag, Evaluation evaluation, EvaluationContext context, ExposureLog.Caller caller) {
        if (!exposures.isExposure(flag, evaluation)) {
            return Uni.createFrom().item(response(flag.answers().of(evaluation)));
        }
        return Uni.createFrom()
                .completionStage(exposures.record(flag, evaluation, context, caller))
                .map(recorded -> response(
                        recorded
                                ? flag.answers().withExposureLogged(evaluation)
                                : flag.answers().of(evaluation)));
    }

    private static Response response(FlagAnswer answer) {
        return response(answer.isSuccess() ? Response.Status.OK : Response.Status.BAD_REQUEST, answer);
    }

    private static Response response(Response.Status status, FlagAnswer answer) {
        return Response.status(status).entity(answer.json()).type(JSON).build();
    }

    @POST
    @Operation(
            summary = "Evaluate every flag for one context",
            description = "`eventStreams` names a stream of server-sent events that tells when to ask again.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "A value for every flag, or why there is none",
            content = @Content(mediaType = "application/json", example = FLAGS))
    @APIResponse(responseCode = "304", description = "The answer named by `If-None-Match` still holds")
    public Uni<Response> bulk(
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Parameter(hidden = true) @HeaderParam("Content-Length") @Nullable Long contentLength,
            @Context SecurityContext caller,
            InputStream body) {
        String token = tokens.issue(caller.getUserPrincipal().getName());
        return DocumentReading.answer(
                body, contentLength, document -> bulk(EvaluationRequest.context(document), token, ifNoneMatch));
    }

    private Uni<Response> bulk(EvaluationContext context, String token, @Nullable String ifNoneMatch) {
        Snapshot.Compiled compiled = snapshot.current();
        return OffLoop.run(
                compiled.mayWait(),
                () -> Uni.createFrom().item(bulk(BulkAnswer.of(compiled, context, token), ifNoneMatch)));
    }

    private static Response bulk(BulkAnswer answer, @Nullable String ifNoneMatch) {
        Response.ResponseBuilder response = EntityTags.matches(ifNoneMatch, answer.tag())
                ? Response.notModified()
                : Response.ok(answer.json(), JSON);
        return response.header("ETag", answer.tag()).build();
    }
}
