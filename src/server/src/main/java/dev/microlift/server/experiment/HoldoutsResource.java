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

/** Holdouts over HTTP. */
@Path("/api/v1/holdouts")
@Tag(name = "Holdouts")
@Produces(MediaType.APPLICATION_JSON)
public class HoldoutsResource {

    private static final String EXAMPLE = """
            {"key": "untouched", "name": "Five per cent see no experiment", "unitType": "user", "share": 0.05,
             "layer": null}""";

    private static final String ANSWER = """
            {"key": "untouched", "name": "Five per cent see no experiment", "unitType": "user", "layer": null,
             "share": 0.05, "experiments": ["cart-layout", "checkout-button"],
             "version": 1, "createdAt": "2026-11-20T09:00:00.000Z", "updatedAt": "2026-11-20T09:00:00.000Z"}""";

    private static final String LIST = "{\"items\": [" + ANSWER + "], \"nextCursor\": null}";

    private static final String CREATED = """
            {"key": "untouched", "name": "Five per cent see no experiment", "unitType": "user", "layer": null,
             "share": 0.05, "experiments": [], "version": 1, "createdAt": "2026-11-20T09:00:00.000Z",
             "updatedAt": "2026-11-20T09:00:00.000Z"}""";

    private final Holdouts holdouts;

    HoldoutsResource(Holdouts holdouts) {
        this.holdouts = holdouts;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Create a holdout: a share of units kept out of all experiments, or of a layer's",
            description = "It is about experiments on its unit type that start from now on; those that run already are"
                    + " left alone. Its units get the control's value, with metadata.outside = holdout.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "201",
            description = "The holdout; `Location` says where it is",
            content = @Content(mediaType = "application/json", example = CREATED))
    public Response create(InputStream body) {
        Holdouts.Applied created = holdouts.create(Documents.read(body));
        return answer(
                Response.created(
                        URI.create("/api/v1/holdouts/" + created.holdout().key())),
                created);
    }

    @GET
    @RolesAllowed(Permission.READ)
    @Operation(summary = "List holdouts, each with the live experiments that are subject to it")
    @APIResponse(
            responseCode = "200",
            description = "Holdouts, ordered by key",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<ObjectNode> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        Page<Holdouts.Applied> page = holdouts.list(Page.Request.of(limit, cursor));
        return new Page<>(page.items().stream().map(HoldoutDocument::write).toList(), page.nextCursor());
    }

    @GET
    @Path("/{key}")
    @RolesAllowed(Permission.READ)
    @Operation(summary = "Read a holdout, with the live experiments that are subject to it")
    @APIResponse(
            responseCode = "200",
            description = "The holdout",
            content = @Content(mediaType = "application/json", example = ANSWER))
    public Response get(@PathParam("key") String key) {
        return answer(Response.ok(), holdouts.get(key));
    }

    @PUT
    @Path("/{key}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.WRITE)
    @Operation(
            summary = "Replace a holdout",
            description =
                    "share, unitType and layer cannot change while an experiment that was started under it is live"
                            + " (409): units would get another variant.")
    @RequestBody(content = @Content(mediaType = "application/json", example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description = "The holdout as it is now",
            content = @Content(mediaType = "application/json", example = ANSWER))
    public Response replace(
            @PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch, InputStream body) {
        return answer(Response.ok(), holdouts.replace(key, Documents.read(body), ifMatch));
    }

    @DELETE
    @Path("/{key}")
    @RolesAllowed(Permission.WRITE)
    @Operation(summary = "Delete a holdout that no live experiment was started under")
    @APIResponse(responseCode = "204", description = "It is gone")
    public void delete(@PathParam("key") String key, @HeaderParam("If-Match") @Nullable String ifMatch) {
        holdouts.delete(key, ifMatch);
    }

    private static Response answer(Response.ResponseBuilder response, Holdouts.Applied applied) {
        return response.entity(HoldoutDocument.write(applied))
                .header("ETag", EntityTags.tag(applied.holdout().version()))
                .build();
    }
}
