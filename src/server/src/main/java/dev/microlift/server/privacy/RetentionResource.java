package dev.microlift.server.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.access.Permission;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Fields;
import dev.microlift.server.document.Page;
import dev.microlift.server.document.Representable;
import dev.microlift.server.openapi.ExampleExtension;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How long events are kept, over HTTP. */
@Path("/api/v1/retention")
@Tag(name = "Privacy")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.ADMINISTER)
public class RetentionResource {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final int LONGEST_NAME = 1_000;

    private static final String RULE = """
            {"eventName": "Product Viewed", "keepFor": "P90D"}""";

    private static final String LIST = "{\"items\": [" + RULE + "], \"nextCursor\": null}";

    private final Retention retention;

    RetentionResource(Retention retention) {
        this.retention = retention;
    }

    @GET
    @Operation(
            summary = "List how long events of which names are kept",
            description =
                    "Events of other names are kept as the setting MICROLIFT_RETENTION_KEEP_FOR says, or for ever.")
    @APIResponse(
            responseCode = "200",
            description = "Rules, ordered by the name of their events",
            extensions = @Extension(name = ExampleExtension.NAME, value = LIST, parseValue = true))
    public Page<RetentionRule> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        return retention.list(Page.Request.of(limit, cursor));
    }

    @GET
    @Path("/{eventName}")
    @Operation(summary = "Read how long events of a name are kept")
    @APIResponse(
            responseCode = "200",
            description = "The rule",
            extensions = @Extension(name = ExampleExtension.NAME, value = RULE, parseValue = true))
    public RetentionRule get(
            @Parameter(description = "Name of the events, at most 1,000 characters", example = "Product Viewed")
                    @PathParam("eventName")
                    String eventName) {
        return retention.get(name(eventName));
    }

    @PUT
    @Path("/{eventName}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say how long events of a name are kept",
            description =
                    "Whole days after the day of receipt (UTC). Once a day what is older is erased for good; what an"
                            + " experiment that runs or is paused may ask about, links of anonymous ids to users among it, is"
                            + " kept until it is stopped.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, example = "{\"keepFor\": \"P90D\"}"))
    @APIResponse(
            responseCode = "200",
            description = "The rule as it is now",
            extensions = @Extension(name = ExampleExtension.NAME, value = RULE, parseValue = true))
    public RetentionRule put(
            @Parameter(description = "Name of the events, at most 1,000 characters", example = "Product Viewed")
                    @PathParam("eventName")
                    String eventName,
            InputStream body) {
        return retention.put(new RetentionRule(name(eventName), keepFor(Documents.read(body))));
    }

    @DELETE
    @Path("/{eventName}")
    @Operation(summary = "Keep events of a name as long as those without a rule")
    @APIResponse(responseCode = "204", description = "The rule is gone")
    public void delete(
            @Parameter(description = "Name of the events, at most 1,000 characters", example = "Product Viewed")
                    @PathParam("eventName")
                    String eventName) {
        retention.delete(name(eventName));
    }

    private static String name(String eventName) {
        if (eventName.isBlank() || !Representable.isWellFormed(eventName) || eventName.length() > LONGEST_NAME) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, "the event's name is not one");
        }
        return eventName;
    }

    private static Duration keepFor(JsonNode document) {
        Faults faults = new Faults();
        Optional<Duration> keepFor = Fields.read(document, "", faults, fields -> {
            Optional<Duration> given = fields.duration("keepFor", LONGEST);
            if (!fields.has("keepFor")) {
                fields.fault("keepFor", "required", "the field is required");
            }
            if (given.isPresent()
                    && !given.get().equals(Duration.ofDays(given.get().toDays()))) {
                fields.fault("keepFor", "whole-days", "a number of days such as P90D is expected");
            }
            return given;
        });
        faults.throwIfAny();
        return keepFor.orElseThrow(() -> new ProblemException(ErrorCode.INVALID_DOCUMENT, "not a rule of retention"));
    }
}
