package dev.microlift.server.openapi;

import dev.microlift.server.document.Choices;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Names closed choices in the OpenAPI document as answers write them, and not as the constants are called in Java. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DocumentedChoices implements OASFilter {

    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getEnumeration() != null) {
            schema.setEnumeration(schema.getEnumeration().stream()
                    .<Object>map(constant -> Choices.writeName(constant.toString()))
                    .toList());
        }
        return schema;
    }
}
