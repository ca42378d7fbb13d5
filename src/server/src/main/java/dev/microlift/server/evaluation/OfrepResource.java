package dev.microlift.server.evaluation;

import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.Sha256;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** OpenFeature's Remote Evaluation Protocol: stock providers get their variants here. */
@Path("/ofrep/v1/evaluate/flags")
@Tag(name = "Evaluation")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.EVALUATE)
public class OfrepResource {

    private static final String EXAMPLE = "{\"context\": {\"targetingKey\": \"u1\", \"country\": \"DE\"}}";

    private final Snapshot snapshot;
    private final ExposureLog exposures;

    OfrepResource(Snapshot snapshot, ExposureLog exposures) {
        this.snapshot = snapshot;
        this.exposures = exposures;
    }

    /** @param metadata about the answer as a whole */
    record Bulk(List<FlagAnswer> flags, Map<String, Object> metadata) {}

    @POST
    @Path("/{key}")
    @Operation(summary = "Evaluate one flag: the flag's key is the experiment's key")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public Response single(@PathParam("key") String key, InputStream body) {
        EvaluationContext context = EvaluationRequest.context(Documents.read(body));
        Optional<Flag> found = snapshot.current().find(key);
        if (found.isEmpty()) {
            return Response.status(Response.Status.NOT_FOUND)
                    .entity(new FlagAnswer.Failure(key, "FLAG_NOT_FOUND", "there is no experiment with this key"))
                    .build();
        }
        Flag flag = found.get();
        Evaluation evaluation = flag.evaluate(context);
        FlagAnswer answer = FlagAnswer.of(flag, evaluation, exposures.record(flag, evaluation, context));
        return answer instanceof FlagAnswer.Failure
                ? Response.status(Response.Status.BAD_REQUEST).entity(answer).build()
                : Response.ok(answer).build();
    }

    @POST
    @Operation(summary = "Evaluate every flag for one context")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    public Response bulk(@HeaderParam("If-None-Match") @Nullable String ifNoneMatch, InputStream body) {
        EvaluationContext context = EvaluationRequest.context(Documents.read(body));
        Snapshot.Compiled compiled = snapshot.current();
        List<FlagAnswer> answers = compiled.listed().stream()
                .map(flag -> FlagAnswer.of(flag, flag.evaluate(context), false))
                .toList();
        String tag = tag(compiled.version(), answers);
        if (ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",")).map(String::trim).anyMatch(tag::equals)) {
            return Response.notModified().header("ETag", tag).build();
        }
        return Response.ok(new Bulk(answers, Map.of("version", compiled.version())))
                .header("ETag", tag)
                .build();
    }

    /** Covers the configuration and the outcome: a provider may send the tag of another context's answer. */
    private static String tag(long version, List<FlagAnswer> answers) {
        StringBuilder outcome = new StringBuilder().append(version);
        answers.forEach(answer -> outcome.append('\n').append(answer.fingerprint()));
        return '"' + Sha256.hex(outcome.toString()).substring(0, 32) + '"';
    }
}
