package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Kind;
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

/** The one-letter routes that the browser library sends to; each does what the route with the whole word does. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@NonBlocking
public class ShortTrackingResource {

    private final Ingest ingest;

    ShortTrackingResource(Ingest ingest) {
        this.ingest = ingest;
    }

    @POST
    @Path("/b")
    @Operation(hidden = true)
    public Uni<Outcome> batch(
            @QueryParam("dryRun") @DefaultValue("false") String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return ingest.batch(new Submission("/v1/b", headers::getHeaderString, body), dryRun);
    }

    @POST
    @Path("/t")
    @Operation(hidden = true)
    public Uni<Outcome> track(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.TRACK, headers, body);
    }

    @POST
    @Path("/p")
    @Operation(hidden = true)
    public Uni<Outcome> page(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.PAGE, headers, body);
    }

    @POST
    @Path("/s")
    @Operation(hidden = true)
    public Uni<Outcome> screen(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.SCREEN, headers, body);
    }

    @POST
    @Path("/i")
    @Operation(hidden = true)
    public Uni<Outcome> identify(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.IDENTIFY, headers, body);
    }

    @POST
    @Path("/a")
    @Operation(hidden = true)
    public Uni<Outcome> alias(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.ALIAS, headers, body);
    }

    @POST
    @Path("/g")
    @Operation(hidden = true)
    public Uni<Outcome> group(@Context HttpHeaders headers, InputStream body) {
        return single(Kind.GROUP, headers, body);
    }

    private Uni<Outcome> single(Kind kind, HttpHeaders headers, InputStream body) {
        return ingest.single(kind, new Submission("/v1/" + kind.text(), headers::getHeaderString, body));
    }
}
