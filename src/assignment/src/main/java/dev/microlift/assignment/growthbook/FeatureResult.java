package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.JavaScriptValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A feature's value and why it is that.
 *
 * @param ruleId id of the rule that decided; empty if none did or it has none
 * @param byHash whether the unit's bucket decided: others get another value by chance
 * @param experiment the experiment that decided, if one did
 */
public record FeatureResult(
        @Nullable Object value, Source source, String ruleId, boolean byHash, Optional<Exposure> experiment) {

    /** What decided. */
    public enum Source {
        UNKNOWN_FEATURE("unknownFeature"),
        DEFAULT_VALUE("defaultValue"),
        FORCE("force"),
        EXPERIMENT("experiment"),
        OVERRIDE("override"),
        PREREQUISITE("prerequisite"),
        CYCLIC_PREREQUISITE("cyclicPrerequisite");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** The published name. */
        public String label() {
            return label;
        }
    }

    /** Whether the value is truthy as in JavaScript: neither null, false, 0 nor an empty text. */
    public boolean on() {
        return JavaScriptValues.isTruthy(value);
    }

    /** The opposite of {@link #on()}. */
    public boolean off() {
        return !on();
    }

    /** The result as it is published. */
    public Map<String, @Nullable Object> published() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("value", value);
        fields.put("on", on());
        fields.put("off", off());
        fields.put("source", source.label());
        fields.put("ruleId", ruleId);
        experiment.ifPresent(exposure -> {
            fields.put("experiment", exposure.experiment());
            fields.put("experimentResult", exposure.result().published());
        });
        return fields;
    }

    static FeatureResult without(Source source) {
        return of(null, source, "");
    }

    static FeatureResult of(@Nullable Object value, Source source, String ruleId) {
        return new FeatureResult(value, source, ruleId, false, Optional.empty());
    }
}
