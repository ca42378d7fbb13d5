package dev.microlift.server.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * Says in the OpenAPI document which fields may be null: those that the records mark so. What makes the document does not
 * read annotations of types.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class NullableFields implements OASFilter {

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);

    private final List<ClassInfo> records;

    /** All classes that answers may be made of. */
    public NullableFields(IndexView classes) {
        records = classes.getKnownClasses().stream().filter(ClassInfo::isRecord).toList();
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .getSchemas()
                .forEach((name, schema) -> recordOf(name, schema).ifPresent(record -> mark(schema, record)));
    }

    /**
     * A schema is named after its record, with a type argument or a number at the end; records of the same name differ by
     * their fields.
     */
    private Optional<ClassInfo> recordOf(String name, Schema schema) {
        return records.stream()
                .filter(record -> name.startsWith(record.simpleName()))
                .filter(record -> record.recordComponents().stream().allMatch(field -> has(schema, field)))
                .max(Comparator.comparingInt(record -> record.recordComponents().size()));
    }

    private static boolean has(Schema schema, RecordComponentInfo field) {
        return schema.getProperties() != null && schema.getProperties().containsKey(field.name());
    }

    private static void mark(Schema schema, ClassInfo record) {
        Map<String, Schema> properties = new LinkedHashMap<>(schema.getProperties());
        for (RecordComponentInfo field : record.recordComponents()) {
            properties.computeIfPresent(field.name(), (name, property) -> as(field.type(), property));
        }
        schema.setProperties(properties);
    }

    private static Schema as(Type type, Schema schema) {
        if (type.kind() == Type.Kind.PARAMETERIZED_TYPE && schema.getItems() != null) {
            schema.setItems(as(type.asParameterizedType().arguments().get(0), schema.getItems()));
        }
        return type.hasAnnotation(NULLABLE) ? nullable(schema) : schema;
    }

    private static Schema nullable(Schema schema) {
        if (schema.getRef() != null) {
            return OASFactory.createSchema().addAnyOf(schema).addAnyOf(ofType(Schema.SchemaType.NULL));
        }
        // Without a type, anything is allowed already.
        return schema.getType() == null ? schema : schema.addType(Schema.SchemaType.NULL);
    }

    private static Schema ofType(Schema.SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
