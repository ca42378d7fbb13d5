package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.access.Permission;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Layers over HTTP. */
@Path("/api/v1/layers")
@Tag(name = "Layers")
@Produces(MediaType.APPLICATION_JSON)
public class LayersResource {

    private static final String EXAMPLE = """
            {"key": "checkout", "name": "Everything about the checkout", "unitType": "user"}""";

    private static final String ANSWER = """
            {"key": "checkout", "name": "Everything about the checkout", "unitType": "user",
             "taken": [{"experiment": "cart-layout", "from": 0.0, "to": 0.3}],
             "free": [{"from": 0.3, "to": 1.0}],
             "version": 1, "createdAt": "2026-11-20T09:00:00.000Z", "updatedAt": "2026-11-20T09:00:00.000Z"}""";

    private static final String LIST = "{\"items\": [" + ANSWER + "], \"nextCursor\": null}";

    private static final String CREATED = """
            {"key": "checkout", "name": "Everything about the checkout", "unitType": "user", "taken": [],
             "free": [{"from": 0.0, "to": 1.0}], "version": 1, "createdAt": "2026-11-20T09:00:00.000Z",
             "updatedAt": "2026-11-20T09:00:00.000Z"}""";

    private final Layers layers;

    LayersResource(Layers layers) {
        this.layers = layers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Create a layer: a space in which experiments do not overlap",
            description =
                    "An experiment that names the layer owns, from its start to its stop, a contiguous range as wide"
                            + " as its traffic; all units in the range take part. Its start is refused with 409 when no free"
                            + " range is wide enough.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "The layer; `Location` says where it is",
            content = @Content(mediaType = "application/json", example = CREATED))
    public Response create(InputStream body) {
        Layers.Occupied created = layers.create(WholeBody.read(Documents.read(body), LayerDocument::read));
        return answer(
                Response.created(URI.create("/api/v1/layers/" + created.layer().key())), created);
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(summary = "List layers, each with who owns what of it")
    @APIResponse(
            responseCode = "200",
            description = "Layers, ordered by key",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<ObjectNode> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Page<Layers.Occupied> page = layers.list(Page.Request.of(limit, cursor));
        return new Page<>(page.items().stream().map(LayersResource::document).toList(), page.nextCursor());
    }

    @GET
    @Path("/{key}")
    @RolesAllowed(Permission.READ)
    @Operation(summary = "Read a layer, with who owns what of it and what is free, as shares of the space")
    @APIResponse(
            responseCode = "200",
            description = "The layer",
            content = @Content(mediaType = "application/json", example = ANSWER))
    public Response get(@PathParam("key") String key) {
        return answer(Response.ok(), layers.get(key));
    }

    @PUT
    @Path("/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Replace a layer", description = "The unitType can change only while nothing names the layer.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "The layer as it is now",
            content = @Content(mediaType = "application/json", example = ANSWER))
    public Response replace(
            @PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch, InputStream body) {
        Layer.Definition wanted = WholeBody.read(Documents.read(body), LayerDocument::read);
        WholeBody.requireKey(wanted.key(), key);
        return answer(Response.ok(), layers.replace(wanted, ifMatch));
    }

    @DELETE
    @Path("/{key}")
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Delete a layer that neither an experiment nor a holdout names")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(@PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch) {
        layers.delete(key, ifMatch);
    }

    private static ObjectNode document(Layers.Occupied occupied) {
        return LayerDocument.write(occupied.layer(), occupied.space());
    }

    private static Response answer(Response.ResponseBuilder response, Layers.Occupied occupied) {
        return response.entity(document(occupied))
                .header("ETag", EntityTags.tag(occupied.layer().version()))
                .build();
    }
}
