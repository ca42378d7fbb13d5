package dev.microlift.openfeature;

import dev.microlift.assignment.growthbook.EvaluationRequest;
import dev.microlift.assignment.growthbook.Features;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A feature that no server of ours made: evaluated anew each time, as its format is published. */
record ForeignFlag(String key, Features features) implements Flag {

    /** What the published format calls the user. */
    private static final String USER_ATTRIBUTE = "id";

    /** What these features randomise. */
    static Set<String> unitTypes(Features features) {
        return features.hashAttributes().stream().map(ForeignFlag::unitTypeOf).collect(Collectors.toSet());
    }

    /** The unit type whose ids stand in a feature's attribute. */
    static String unitTypeOf(String attribute) {
        return attribute.equals(USER_ATTRIBUTE) ? UnitIds.USER : attribute;
    }

    @Override
    public String unitType() {
        return UnitIds.USER;
    }

    @Override
    public boolean needsIdAlone() {
        return false;
    }

    @Override
    public ForeignAnswer answerFor(
            @Nullable String unitId,
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes) {
        Map<String, @Nullable Object> known = new HashMap<>(attributes);
        if (unitId != null) {
            known.put(USER_ATTRIBUTE, unitId);
        }
        return ForeignAnswer.of(key, features.evaluate(key, EvaluationRequest.of(known)));
    }
}
