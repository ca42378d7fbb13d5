package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.Conditions;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Choices;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.Page;
import dev.microlift.server.openapi.ExampleExtension;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Experiments and their life over HTTP. */
@Path("/api/v1/experiments")
@Tag(name = "Experiments")
@Produces(MediaType.APPLICATION_JSON)
public class ExperimentsResource {

    private static final String EXAMPLE = """
            {"key": "checkout-button", "name": "Bigger button", "journeys": ["shop"],
             "variants": [
               {"key": "control", "weight": 50, "value": false},
               {"key": "treatment", "weight": 50, "value": true}],
             "traffic": 1.0,
             "targeting": {"country": {"$in": ["DE", "FR"]}},
             "layer": null, "entryStep": null, "sticky": false,
             "guardrails": [{"metric": {"key": "refunds", "event": "Order Refunded"}, "margin": 0.05,
                             "direction": "decrease", "action": "stop"}],
             "plan": {"window": "P7D", "alpha": 0.05, "plannedUnits": 20000}}""";

    private final Experiments experiments;

    ExperimentsResource(Experiments experiments) {
        this.experiments = experiments;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Create an experiment, as a draft",
            description =
                    "With a layer, traffic is the share of the layer's space that the experiment owns, from its start"
                            + " to its stop. With an entryStep (a step of one of its journeys) only units that the server has"
                            + " seen do that step are eligible. With sticky a unit that was exposed keeps its variant when"
                            + " targeting or entry step exclude it later. A guardrail that says `\"action\": \"stop\"` stops the"
                            + " experiment by itself as soon as the test that holds at every look says that it is violated;"
                            + " without it the violation is only an alert. In targeting, an attribute of the unit, or a dotted"
                            + " path to one, has a value or operators on it: "
                            + Conditions.VALUE_OPERATORS
                            + ". Conditions are combined by "
                            + Conditions.LOGICAL_OPERATORS
                            + ".")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "The draft; `Location` says where it is",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.DRAFT))
    public Response create(InputStream body) {
        Experiment created = experiments.create(Documents.read(body));
        return answer(Response.created(URI.create("/api/v1/experiments/" + created.key())), created);
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(summary = "List experiments")
    @APIResponse(
            responseCode = "200",
            description = "Experiments, ordered by key",
            extensions = @Extension(name = ExampleExtension.NAME, value = ExperimentExamples.LIST, parseValue = true))
    public Page<ObjectNode> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Parameter(
                            description =
                                    "Only those that are `draft`, `running`, `paused`, `stopped` or `archived`; all without it",
                            example = "running")
                    @QueryParam("status")
                    @Nullable
                    String status) {
        Page<Experiment> page =
                experiments.list(Page.Request.of(limit, cursor), Choices.parameter("status", status, Status.class));
        return new Page<>(page.items().stream().map(ExperimentWriter::write).toList(), page.nextCursor());
    }

    @GET
    @Path("/{key}")
    @RolesAllowed(Permission.READ)
    @Operation(summary = "Read an experiment")
    @APIResponse(
            responseCode = "200",
            description = "The experiment",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.RUNNING))
    public Response get(@PathParam("key") String key) {
        return answer(Response.ok(), experiments.get(key));
    }

    @PUT
    @Path("/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Replace an experiment",
            description = "Once it was started only edits are taken that leave every unit with its variant. Traffic may"
                    + " grow; in a layer only into free buckets beside the experiment's own, otherwise 409 names who"
                    + " owns them.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "The experiment as it is now",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.RUNNING))
    public Response replace(
            @PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch, InputStream body) {
        return answer(Response.ok(), experiments.replace(key, Documents.read(body), ifMatch));
    }

    @DELETE
    @Path("/{key}")
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Delete a draft or an archived experiment",
            description =
                    "Its events stay. Its key may be used again: an experiment that Microlift assigns then counts only"
                            + " exposures that are received after the deletion.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(@PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch) {
        experiments.delete(key, ifMatch);
    }

    @POST
    @Path("/{key}/start")
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Start a draft: freezes seed, buckets, journeys' versions, holdouts and plan",
            description =
                    "In a layer it takes a free range as wide as its traffic; 409 names who owns what when there is"
                            + " none.")
    @APIResponse(
            responseCode = "200",
            description = "The experiment, running",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.RUNNING))
    public Response start(@PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(Response.ok(), experiments.start(key, ifMatch));
    }

    @POST
    @Path("/{key}/pause")
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Pause: everybody gets control's value")
    @APIResponse(
            responseCode = "200",
            description = "The experiment, paused",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.PAUSED))
    public Response pause(@PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(Response.ok(), experiments.pause(key, ifMatch));
    }

    @POST
    @Path("/{key}/resume")
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Resume: every unit has the variant it had before")
    @APIResponse(
            responseCode = "200",
            description = "The experiment, running again",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.RUNNING))
    public Response resume(@PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(Response.ok(), experiments.resume(key, ifMatch));
    }

    @POST
    @Path("/{key}/stop")
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Stop, with or without a decision for a variant that everybody gets from then on",
            description =
                    "`decision` is the variant's key, `reason` a text that is kept with it; both may be left out, and so may the body.")
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = "application/json",
                            example = "{\"decision\": \"treatment\", \"reason\": \"lift confirmed\"}"))
    @APIResponse(
            responseCode = "200",
            description = "The experiment, stopped",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.STOPPED))
    public Response stop(
            @PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch, InputStream body) {
        Experiments.Decision decision = Documents.readOptional(body)
                .map(ExperimentsResource::decision)
                .orElseGet(() -> new Experiments.Decision(null, null));
        return answer(Response.ok(), experiments.stop(key, decision, ifMatch));
    }

    @POST
    @Path("/{key}/archive")
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Archive a stopped experiment: only its report is left")
    @APIResponse(
            responseCode = "200",
            description = "The experiment, archived",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.ARCHIVED))
    public Response archive(@PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(Response.ok(), experiments.archive(key, ifMatch));
    }

    @POST
    @Path("/{key}/variants/{variant}/mute")
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Serve control's value to a variant's units; they stay assigned to it")
    @APIResponse(
            responseCode = "200",
            description = "The experiment; `muted` lists the variant",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.MUTED))
    public Response mute(
            @PathParam("key") String key,
            @PathParam("variant") String variant,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(Response.ok(), experiments.mute(key, variant, true, ifMatch));
    }

    @POST
    @Path("/{key}/variants/{variant}/unmute")
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Serve a muted variant's own value again")
    @APIResponse(
            responseCode = "200",
            description = "The experiment; `muted` does not list the variant any more",
            content = @Content(mediaType = "application/json", example = ExperimentExamples.RUNNING))
    public Response unmute(
            @PathParam("key") String key,
            @PathParam("variant") String variant,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        return answer(Response.ok(), experiments.mute(key, variant, false, ifMatch));
    }

    private static Experiments.Decision decision(JsonNode document) {
        return WholeBody.read(document, fields -> {
            Optional<String> variant = fields.text("decision", 63);
            Optional<String> reason = fields.text("reason", 10_000);
            return Optional.of(new Experiments.Decision(variant.orElse(null), reason.orElse(null)));
        });
    }

    private static Response answer(Response.ResponseBuilder response, Experiment experiment) {
        return response.entity(ExperimentWriter.write(experiment))
                .header("ETag", EntityTags.tag(experiment.version()))
                .build();
    }
}
