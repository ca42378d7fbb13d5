package dev.microlift.server.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Page;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Journeys over HTTP. */
@Path("/api/v1/journeys")
@Tag(name = "Journeys")
@Produces(MediaType.APPLICATION_JSON)
public class JourneysResource {

    private static final String EXAMPLE = """
            {"key": "shop", "name": "Shop purchase", "unitType": "user",
             "steps": [
               {"key": "search", "event": "Products Searched"},
               {"key": "view", "event": "Product Viewed"},
               {"key": "cart", "event": "Product Added", "where": [{"property": "price", "op": "gte", "value": 10}]}],
             "goal": {"key": "purchase", "event": "Order Completed", "value": "revenue"}}""";

    private static final String ANSWER = """
            {"key": "shop", "name": "Shop purchase", "unitType": "user",
             "steps": [{"key": "search", "name": "search", "event": "Products Searched"},
              {"key": "view", "name": "view", "event": "Product Viewed"},
              {"key": "cart", "name": "cart", "event": "Product Added",
               "where": [{"property": "price", "op": "gte", "value": 10}]}],
             "goal": {"key": "purchase", "name": "purchase", "event": "Order Completed", "value": "revenue"},
             "version": 1, "createdAt": "2026-11-20T09:00:00.000Z", "updatedAt": "2026-11-20T09:00:00.000Z"}""";

    private static final String LIST = "{\"items\": [" + ANSWER + "], \"nextCursor\": null}";

    private final Journeys journeys;

    JourneysResource(Journeys journeys) {
        this.journeys = journeys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Create a journey",
            description =
                    "In where, every condition compares a property of the event, by op, with a value: eq, neq (also if the"
                            + " property is absent), in, nin (with a list; also if it is absent), gt, gte, lt, lte, exists (true"
                            + " or false), contains (text, or the item of a list), startsWith, endsWith or matches (an RE2"
                            + " expression).")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "The journey, in its first version; `Location` says where it is",
            content = @Content(mediaType = "application/json", example = ANSWER))
    public Response create(InputStream body) {
        JourneyVersion created = journeys.create(read(Documents.read(body)));
        URI location = URI.create("/api/v1/journeys/" + created.journey().key());
        return answer(Response.created(location), created);
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(summary = "List journeys, each in its latest version")
    @APIResponse(
            responseCode = "200",
            description = "Journeys, ordered by key",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<ObjectNode> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Page<JourneyVersion> page = journeys.list(Page.Request.of(limit, cursor));
        return new Page<>(page.items().stream().map(JourneyWriter::write).toList(), page.nextCursor());
    }

    @GET
    @Path("/{key}")
    @RolesAllowed(Permission.READ)
    @Operation(summary = "Read the latest version of a journey")
    @APIResponse(
            responseCode = "200",
            description = "The journey",
            content = @Content(mediaType = "application/json", example = ANSWER))
    public Response get(@PathParam("key") String key) {
        return answer(Response.ok(), journeys.get(key));
    }

    @PUT
    @Path("/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Replace a journey",
            description = "Makes a new version. Experiments that were started keep the version they started with.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "The journey as it is now; `version` is one more if that is a change",
            content = @Content(mediaType = "application/json", example = ANSWER))
    public Response replace(
            @PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch, InputStream body) {
        Journey journey = read(Documents.read(body));
        if (!journey.key().equals(key)) {
            throw ProblemException.invalid(
                    new Fault("/key", "immutable", "the key in the body is not the key in the address"));
        }
        return answer(Response.ok(), journeys.replace(journey, ifMatch));
    }

    @DELETE
    @Path("/{key}")
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Delete a journey that no experiment uses")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(@PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch) {
        journeys.delete(key, ifMatch);
    }

    private static Journey read(JsonNode document) {
        Faults faults = new Faults();
        return JourneyReader.read(document, faults).orElseThrow(() -> {
            faults.throwIfAny();
            return new ProblemException(ErrorCode.INVALID_DOCUMENT, "not a journey");
        });
    }

    private static Response answer(Response.ResponseBuilder response, JourneyVersion version) {
        return response.entity(JourneyWriter.write(version))
                .header("ETag", EntityTags.tag(version.version()))
                .build();
    }
}
