package dev.microlift.assignment.growthbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Compiles features; a rule that makes no sense is left out and reported. */
final class FeatureReader {

    private final ConditionReader conditions;
    private final ExperimentReader experiments;
    private final List<PayloadFault> faults = new ArrayList<>();

    FeatureReader(ConditionReader conditions, ExperimentReader experiments) {
        this.conditions = conditions;
        this.experiments = experiments;
    }

    List<PayloadFault> faults() {
        return faults;
    }

    Map<String, Feature> features(@Nullable Object json) {
        Map<String, Feature> features = new LinkedHashMap<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, definition) -> {
                String key = String.valueOf(name);
                try {
                    features.put(key, feature(key, Members.of(definition, "a feature")));
                } catch (MalformedException e) {
                    faults.add(fault(key, "", e));
                }
            });
        } else if (json != null) {
            faults.add(new PayloadFault("", "", "features must be an object"));
        }
        return features;
    }

    private Feature feature(String key, Members json) throws MalformedException {
        List<Rule> rules = new ArrayList<>();
        List<?> definitions = json.list("rules").orElse(List.of());
        for (int i = 0; i < definitions.size(); i++) {
            try {
                rules.add(rule(key, Members.of(definitions.get(i), "a rule")));
            } catch (MalformedException e) {
                faults.add(fault(key, "/rules/" + i, e));
            }
        }
        return new Feature(json.value("defaultValue"), rules);
    }

    private Rule rule(String feature, Members json) throws MalformedException {
        List<Prerequisite> prerequisites = conditions.prerequisites(json);
        if (json.has("force")) {
            return new Rule.Force(
                    json.text("id").orElse(""),
                    prerequisites,
                    ExperimentReader.filters(json),
                    conditions.condition(json.value("condition")),
                    rollout(feature, json),
                    json.value("force"));
        }
        if (json.value("variations") == null) {
            return new Rule.Gate(prerequisites);
        }
        return new Rule.Trial(
                json.text("id").orElse(""),
                prerequisites,
                ExperimentReader.filters(json),
                experiments.ofRule(json, feature));
    }

    private static Optional<Rollout> rollout(String feature, Members json) throws MalformedException {
        Optional<Range> range = json.range("range");
        OptionalDouble coverage = json.number("coverage");
        if (range.isEmpty() && coverage.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Rollout(
                ExperimentReader.source(json),
                json.isTrue("disableStickyBucketing"),
                ExperimentReader.space(json, feature),
                range,
                coverage));
    }

    private static PayloadFault fault(String feature, String pointer, MalformedException mistake) {
        return new PayloadFault(feature, pointer, String.valueOf(mistake.getMessage()));
    }
}
