package dev.microlift.server.problem;

import dev.microlift.server.requestid.RequestId;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.JDBCException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns everything that is thrown into an error body. */
@ApplicationScoped
public class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);

    /** The connection failed, the database is stopping or starting, or it has no connection left. */
    private static final Pattern AWAY = Pattern.compile("08...|57P..|53300");

    private static final String CHALLENGE = "Bearer realm=\"microlift\"";

    /** Before every route; after the filters that give each answer its headers and its id. */
    private static final int AFTER_HEADERS = Integer.MIN_VALUE + 2;

    private final ErrorResponses errors;
    private final CurrentVertxRequest request;

    ProblemMapper(ErrorResponses errors, CurrentVertxRequest request) {
        this.errors = errors;
        this.request = request;
    }

    @ServerExceptionMapper
    Response problem(ProblemException problem, UriInfo uri) {
        Response.ResponseBuilder response = response(uri, problem.code(), problem.detail(), problem.faults());
        problem.headers().forEach(response::header);
        return response.build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(UriInfo uri) {
        return response(uri, ErrorCode.UNAUTHORIZED, "a valid key is required", List.of())
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException forbidden, UriInfo uri) {
        return response(uri, ErrorCode.FORBIDDEN, "the key's role does not allow this", List.of())
                .build();
    }

    @ServerExceptionMapper
    Response changed(OptimisticLockException changed, UriInfo uri) {
        return response(uri, ErrorCode.PRECONDITION_FAILED, "it was changed by somebody else just now", List.of())
                .build();
    }

    /** What the routing itself refuses: unknown address, wrong method, wrong content type, bad parameter. */
    @ServerExceptionMapper
    Response refused(WebApplicationException refused, UriInfo uri) {
        Response original = refused.getResponse();
        ErrorCode code = code(original.getStatus());
        if (code == ErrorCode.INTERNAL_ERROR) {
            return failed(refused, uri);
        }
        Response.ResponseBuilder response = response(uri, code, explanation(code), List.of());
        if (original.getHeaderString("Allow") != null) {
            response.header("Allow", original.getHeaderString("Allow"));
        }
        return response.build();
    }

    @ServerExceptionMapper
    Response failed(Throwable failure, UriInfo uri) {
        if (isDatabaseAway(failure)) {
            LOG.errorf("request to %s failed: the configuration database does not answer: %s", uri.getPath(), failure);
            return problem(
                    ProblemException.retry(
                            ErrorCode.UNAVAILABLE, "the configuration database does not answer", DATABASE_RETRY),
                    uri);
        }
        return response(uri, ErrorCode.INTERNAL_ERROR, logged(failure, uri.getPath()), List.of())
                .build();
    }

    /** Whether the database could not be asked, or went away before it answered; whatever else fails is a fault of ours. */
    private static boolean isDatabaseAway(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof JDBCException told
                        && (told.getSQLState() == null
                                || AWAY.matcher(told.getSQLState()).matches()));
    }

    private Response.ResponseBuilder response(UriInfo uri, ErrorCode code, String detail, List<Fault> faults) {
        // The audit log asks for it once the answer is sent.
        request.getCurrent().put(ErrorCode.class.getName(), code);
        ErrorBody body = ErrorBody.at(uri.getPath(), code, detail, faults);
        Response.ResponseBuilder response =
                Response.status(code.status()).entity(body).type(MediaType.valueOf(body.mediaType()));
        if (code == ErrorCode.UNAUTHORIZED) {
            response.header("WWW-Authenticate", CHALLENGE);
        }
        return response;
    }

    /** An address that holds a NUL names nothing that could be stored. */
    void refuseBadAddresses(@Observes Router router) {
        router.route().order(AFTER_HEADERS).handler(context -> {
            if (context.request().uri().contains("%00")) {
                errors.write(context, new ProblemException(ErrorCode.BAD_REQUEST, "the address holds a NUL character"));
            } else {
                context.next();
            }
        });
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 413 -> ErrorCode.TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            default -> status >= 500 ? ErrorCode.INTERNAL_ERROR : ErrorCode.BAD_REQUEST;
        };
    }

    private static String explanation(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND -> "nothing has this address";
            case METHOD_NOT_ALLOWED -> "this address does not serve the method";
            case NOT_ACCEPTABLE -> "none of the accepted media types is served here";
            case UNSUPPORTED_MEDIA_TYPE -> "the content type is not served here";
            case TOO_LARGE -> "the request is larger than this address allows";
            case UNAUTHORIZED -> "a valid key is required";
            case FORBIDDEN -> "the key's role does not allow this";
            default -> "the request cannot be understood";
        };
    }

    /** The caller gets a reference, the log gets the failure. */
    private static String logged(Throwable failure, String path) {
        String reference = RequestId.current().orElseGet(() -> UUID.randomUUID().toString());
        LOG.errorf(failure, "request to %s failed (reference %s)", path, reference);
        return "an internal error, reference " + reference;
    }
}
