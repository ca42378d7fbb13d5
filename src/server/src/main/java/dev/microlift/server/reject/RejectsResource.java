package dev.microlift.server.reject;

import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Page;
import dev.microlift.server.document.Representable;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Rejects over HTTP. */
@Path("/api/v1/rejects")
@Tag(name = "Tracking")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.READ)
public class RejectsResource {

    private static final String LIST = """
            {"items": [{"id": 2, "time": "2026-11-23T08:01:09.358Z", "code": "placeholder-id", "pointer": "/userId",
               "detail": "this is no id but what broken code sends in place of one", "route": "/v1/batch",
               "keyId": "Bx7vhEnfIY",
               "message": "{\\"type\\": \\"track\\", \\"messageId\\": \\"m-b2\\", \\"userId\\": \\"null\\", \\"event\\": \\"Product Viewed\\"}"}],
             "nextCursor": null}""";

    private final Rejects rejects;

    RejectsResource(Rejects rejects) {
        this.rejects = rejects;
    }

    @GET
    @Operation(
            summary = "List what was not taken in, and why",
            description =
                    "The newest first, a few seconds after they came; the newest 10,000 are kept. Shows messages that were"
                            + " rejected and bodies that were refused, how they began, with keys masked. What comes"
                            + " without a valid key leaves nothing here.")
    @APIResponse(
            responseCode = "200",
            description = "Rejected messages and bodies, the newest first",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<StoredReject> list(
            @Parameter(description = "Only this kind of mistake", example = "placeholder-id")
                    @QueryParam("code")
                    @Nullable
                    String code,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (code != null && !Representable.isWellFormed(code)) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, "code is not a text");
        }
        return rejects.list(code, Page.Request.of(limit, cursor));
    }
}
