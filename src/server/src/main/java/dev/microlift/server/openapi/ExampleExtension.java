package dev.microlift.server.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Moves examples to their place in the OpenAPI document that annotations cannot put there, and therefore give as the
 * extension {@link #NAME}.
 *
 * <p>On an answer, because an {@code @APIResponse} with content displaces the schema that is made of the method's type, and
 * no annotation can name a generic type such as a page of keys. On a content, because an {@code example} of several lines
 * that are JSON each would be read as JSON, and only its first line kept.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ExampleExtension implements OASFilter {

    /** What the extension is called. */
    public static final String NAME = "x-example";

    @Override
    public APIResponse filterAPIResponse(APIResponse answer) {
        if (answer.hasExtension(NAME)) {
            types(answer.getContent()).forEach(type -> type.setExample(answer.getExtension(NAME)));
            answer.removeExtension(NAME);
        }
        moveFromTypes(answer.getContent());
        return answer;
    }

    @Override
    public RequestBody filterRequestBody(RequestBody body) {
        moveFromTypes(body.getContent());
        return body;
    }

    private static void moveFromTypes(@Nullable Content content) {
        types(content).stream().filter(type -> type.hasExtension(NAME)).forEach(type -> {
            type.setExample(type.getExtension(NAME));
            type.removeExtension(NAME);
        });
    }

    private static Collection<MediaType> types(@Nullable Content content) {
        return content == null ? List.of() : content.getMediaTypes().values();
    }
}
