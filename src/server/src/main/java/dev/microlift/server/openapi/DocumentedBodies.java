package dev.microlift.server.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/**
 * Says in the OpenAPI document that JSON bodies are objects: routes take them as streams, so that limits hold while they are
 * read, and the document would call them binary.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DocumentedBodies implements OASFilter {

    private static final String BINARY = "binary";

    @Override
    public RequestBody filterRequestBody(RequestBody body) {
        body.getContent().getMediaTypes().forEach((type, media) -> {
            if (type.endsWith("json")
                    && media.getSchema() != null
                    && BINARY.equals(media.getSchema().getFormat())) {
                media.setSchema(OASFactory.createSchema().addType(Schema.SchemaType.OBJECT));
            }
        });
        return body;
    }
}
