package dev.microlift.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Keys over HTTP. */
@Path("/api/v1/keys")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Permission.ADMINISTER)
public class KeysResource {

    private static final Duration MAX_OVERLAP = Duration.ofDays(90);

    /** As browsers send it: in lower case and without a path, or it would never match. */
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\sA-Z]+");

    /** Later times the database cannot hold. */
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private final Keys keys;
    private final Clock clock;

    KeysResource(Keys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make a key",
            description =
                    "The answer is the only one that ever shows the whole key. `origins` binds a client key to pages"
                            + " of these origins; with `hideRules` it opens evaluation, but not the SDK configuration.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            example =
                                    "{\"name\": \"web shop\", \"role\": \"client\", \"origins\": [\"https://shop.example\"]}"))
    @APIResponse(
            responseCode = "201",
            description = "The key, this once with its secret; `Location` says where it is",
            content = @Content(mediaType = "application/json", example = KeyExamples.CREATED))
    public Response create(InputStream body) {
        ApiKey key = keys.create(wanted(Documents.read(body)));
        return Response.created(URI.create("/api/v1/keys/" + key.id()))
                .entity(key)
                .build();
    }

    @GET
    @Operation(summary = "List keys, revoked ones included")
    @APIResponse(
            responseCode = "200",
            description = "Keys, ordered by id",
            extensions = @Extension(name = ExampleExtension.NAME, value = KeyExamples.LIST, parseValue = true))
    public Page<ApiKey> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        return keys.list(Page.Request.of(limit, cursor));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a key, without its secret")
    @APIResponse(
            responseCode = "200",
            description = "The key",
            extensions = @Extension(name = ExampleExtension.NAME, value = KeyExamples.KEY, parseValue = true))
    public ApiKey get(@PathParam("id") String id) {
        return keys.get(id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revoke a key now")
    @APIResponse(
            responseCode = "200",
            description = "The key, which lets nobody in from now on",
            extensions = @Extension(name = ExampleExtension.NAME, value = KeyExamples.REVOKED, parseValue = true))
    public ApiKey revoke(@PathParam("id") String id) {
        return keys.revoke(id);
    }

    @POST
    @Path("/{id}/rotate")
    @Operation(
            summary = "Replace a key by a new one of the same role",
            description = "The old key works on for `overlap` (ISO 8601, default none).")
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/json", example = "{\"overlap\": \"PT24H\"}"))
    @APIResponse(
            responseCode = "201",
            description = "The new key, this once with its secret; `Location` says where it is",
            content = @Content(mediaType = "application/json", example = KeyExamples.ROTATED))
    public Response rotate(@PathParam("id") String id, InputStream body) {
        Optional<JsonNode> document = Documents.readOptional(body);
        Duration overlap = document.map(KeysResource::overlap).orElse(Duration.ZERO);
        ApiKey key = keys.rotate(id, overlap);
        return Response.created(URI.create("/api/v1/keys/" + key.id()))
                .entity(key)
                .build();
    }

    private static Duration overlap(JsonNode document) {
        Faults faults = new Faults();
        Optional<Duration> overlap =
                Fields.read(document, "", faults, fields -> fields.duration("overlap", MAX_OVERLAP));
        faults.throwIfAny();
        return overlap.orElse(Duration.ZERO);
    }

    private Keys.Wanted wanted(JsonNode document) {
        Faults faults = new Faults();
        Optional<Keys.Wanted> wanted = Fields.read(document, "", faults, fields -> {
            String name = fields.requiredText("name", 200);
            Optional<Role> role = fields.choice("role", Role.class);
            if (!fields.has("role")) {
                fields.fault("role", "required", "the field is required");
            }
            List<String> origins = fields.texts("origins", 100, 300);
            if (!origins.isEmpty() && role.isPresent() && role.get() != Role.CLIENT) {
                fields.fault("origins", "not-applicable", "only client keys are bound to origins");
            }
            for (int i = 0; i < origins.size(); i++) {
                if (!ORIGIN.matcher(origins.get(i)).matches()) {
                    fields.fault("origins", i, "invalid-origin", "an origin such as https://shop.example is expected");
                }
            }
            boolean hideRules = fields.flag("hideRules", false);
            if (hideRules && role.isPresent() && role.get() != Role.CLIENT) {
                fields.fault("hideRules", "not-applicable", "rules are hidden from client keys only");
            }
            Optional<Instant> expiresAt = expiry(fields);
            return role.map(given -> new Keys.Wanted(name, given, origins, hideRules, expiresAt.orElse(null)));
        });
        faults.throwIfAny();
        return wanted.orElseThrow(() -> new ProblemException(ErrorCode.INVALID_DOCUMENT, "not a key"));
    }

    private Optional<Instant> expiry(Fields fields) {
        return fields.text("expiresAt", 40).flatMap(text -> {
            try {
                Instant expiry = Instant.parse(text);
                if (expiry.isAfter(clock.instant()) && expiry.isBefore(END)) {
                    return Optional.of(expiry);
                }
                fields.fault(
                        "expiresAt",
                        expiry.isBefore(END) ? "in-the-past" : "out-of-range",
                        "a time in the future, before the year 10000, is expected");
            } catch (DateTimeParseException malformed) {
                fields.fault("expiresAt", "invalid-time", "a time such as 2030-01-31T08:00:00.000Z is expected");
            }
            return Optional.empty();
        });
    }
}
