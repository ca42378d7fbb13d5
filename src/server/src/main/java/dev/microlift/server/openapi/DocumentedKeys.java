package dev.microlift.server.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/**
 * Says in the OpenAPI document of routes that look for the key themselves, in path, query or body too, that the header is
 * one way of several.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DocumentedKeys implements OASFilter {

    private static final SecurityRequirement IN_THE_HEADER =
            OASFactory.createSecurityRequirement().addScheme("key");
    private static final SecurityRequirement ELSEWHERE = OASFactory.createSecurityRequirement();

    @Override
    public Operation filterOperation(Operation operation) {
        if (operation.getSecurity() == null || operation.getSecurity().isEmpty()) {
            operation.setSecurity(List.of(IN_THE_HEADER, ELSEWHERE));
        }
        return operation;
    }
}
