package dev.microlift.server.openapi;

import dev.microlift.server.document.Page;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Says in the OpenAPI document what the parameters mean that many routes have, so that none of them has to. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class RecurringParameters implements OASFilter {

    private static final Map<String, String> MEANINGS = Map.of(
            "limit",
            "How many items at most, from 1 to %d; %d without it".formatted(Page.MAX_LIMIT, Page.DEFAULT_LIMIT),
            "cursor",
            "`nextCursor` of the part before; the list starts at its beginning without it",
            "If-Match",
            "`ETag` of the version that the change is meant for; if that is not the latest any more, nothing is changed"
                    + " and the answer is 412. Without it, or with `*`, the latest is changed",
            "If-None-Match",
            "`ETag` of the answer that you have; as long as it holds the answer is 304, without a body",
            "Last-Event-ID",
            "`id` of the last event that you received; browsers send it by themselves when they connect again",
            "clientKey",
            "A key that may evaluate: of the role `client` or `server`",
            "variant",
            "Key of the variant");

    /** Such as {@code /experiments/{key}}: the key of the experiment. */
    private static final Pattern OF_ONE = Pattern.compile("/([a-z]+)s/\\{(key|id)}");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().stream()
                        .flatMap(operation -> Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream())
                        .filter(parameter -> parameter.getDescription() == null)
                        .forEach(parameter -> describe(parameter, path)));
    }

    private static void describe(Parameter parameter, String path) {
        String name = parameter.getName();
        ofOne(name, path).or(() -> Optional.ofNullable(MEANINGS.get(name))).ifPresent(parameter::setDescription);
        if (name.equals("limit")) {
            parameter.setSchema(OASFactory.createSchema()
                    .addType(Schema.SchemaType.INTEGER)
                    .minimum(BigDecimal.ONE)
                    .maximum(BigDecimal.valueOf(Page.MAX_LIMIT))
                    .defaultValue(Page.DEFAULT_LIMIT));
        }
    }

    private static Optional<String> ofOne(String name, String path) {
        return OF_ONE.matcher(path)
                .results()
                .filter(one -> one.group(2).equals(name))
                .map(one -> (name.equals("key") ? "Key" : "Id") + " of the " + one.group(1))
                .findFirst();
    }
}
