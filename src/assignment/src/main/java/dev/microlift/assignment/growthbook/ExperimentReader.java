package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.Condition;
import dev.microlift.assignment.JavaScriptValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles experiments: those in the rules of features, and those that stand alone. */
record ExperimentReader(ConditionReader conditions) {

    /** What a rule tells its experiment; a rule's other members concern the rule. */
    private static final List<String> RULE_FIELDS = List.of(
            "weights",
            "hashAttribute",
            "fallbackAttribute",
            "disableStickyBucketing",
            "namespace",
            "meta",
            "ranges",
            "name",
            "phase",
            "seed",
            "hashVersion",
            "filters",
            "condition");

    /** Likewise, and told even if they are 0. */
    private static final List<String> RULE_NUMBERS = List.of("coverage", "bucketVersion", "minBucketVersion");

    /** The experiment of a feature's rule; its prerequisites have been checked with the rule. */
    Experiment ofRule(Members rule, String feature) throws MalformedException {
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        definition.put("key", rule.text("key").orElse(feature));
        definition.put("variations", rule.value("variations"));
        for (String name : RULE_FIELDS) {
            if (JavaScriptValues.isTruthy(rule.value(name))) {
                definition.put(name, rule.value(name));
            }
        }
        for (String name : RULE_NUMBERS) {
            if (rule.value(name) != null) {
                definition.put(name, rule.value(name));
            }
        }
        return standalone(new Members(definition));
    }

    Experiment standalone(Members json) throws MalformedException {
        String key = json.requiredText("key");
        List<?> variations =
                json.list("variations").orElseThrow(() -> new MalformedException("variations are missing"));
        Unit.Source source = source(json);
        return new Experiment(
                key,
                new ArrayList<>(variations),
                meta(json),
                source,
                space(json, key),
                ranges(json, variations.size()),
                conditions.urls(json),
                audience(json, source),
                new Experiment.Stickiness(
                        json.isTrue("disableStickyBucketing"),
                        json.integer("bucketVersion").orElse(0),
                        json.integer("minBucketVersion").orElse(0)),
                new Experiment.State(
                        json.isFalse("active") || "draft".equals(json.value("status")),
                        "stopped".equals(json.value("status")),
                        json.integer("force")),
                named(json));
    }

    static Unit.Source source(Members json) throws MalformedException {
        return Unit.Source.of(json.text("hashAttribute"), json.text("fallbackAttribute"));
    }

    static HashSpace space(Members json, String defaultSeed) throws MalformedException {
        return new HashSpace(json.text("seed").orElse(defaultSeed), version(json, 1));
    }

    static List<BucketFilter> filters(Members json) throws MalformedException {
        List<BucketFilter> filters = new ArrayList<>();
        for (Object element : json.list("filters").orElse(List.of())) {
            Members filter = Members.of(element, "filters");
            filters.add(new BucketFilter(
                    Unit.Source.of(filter.text("attribute"), Optional.empty()),
                    new HashSpace(filter.requiredText("seed"), version(filter, 2)),
                    filter.ranges("ranges").orElse(List.of())));
        }
        return filters;
    }

    private static int version(Members json, int unless) throws MalformedException {
        int version = json.integer("hashVersion").orElse(unless);
        return version == 0 ? unless : version;
    }

    private static List<Range> ranges(Members json, int variations) throws MalformedException {
        double coverage = json.number("coverage").orElse(1);
        List<Double> weights = json.numbers("weights").orElseGet(() -> BucketRanges.equalWeights(variations));
        return json.ranges("ranges").orElseGet(() -> BucketRanges.of(variations, coverage, weights));
    }

    private Experiment.Audience audience(Members json, Unit.Source source) throws MalformedException {
        List<BucketFilter> filters = new ArrayList<>(filters(json));
        if (json.value("filters") == null && json.value("namespace") != null) {
            filters.add(namespace(json, source));
        }
        Condition condition = conditions.condition(json.value("condition"));
        return new Experiment.Audience(filters, condition, conditions.prerequisites(json));
    }

    /** The form that filters replaced: a name and a range, always with hash version 1. */
    private static BucketFilter namespace(Members json, Unit.Source source) throws MalformedException {
        List<?> parts = json.list("namespace").orElse(List.of());
        if (parts.size() != 3 || !(parts.get(0) instanceof String name)) {
            throw new MalformedException("namespace must be a name, a start and an end");
        }
        Members range = new Members(Map.of("namespace", parts.subList(1, 3)));
        return new BucketFilter(
                source,
                new HashSpace("__" + name, 1),
                range.range("namespace").stream().toList());
    }

    private static List<Experiment.Meta> meta(Members json) throws MalformedException {
        List<Experiment.Meta> meta = new ArrayList<>();
        for (Object element : json.list("meta").orElse(List.of())) {
            Members variation = Members.of(element, "meta");
            meta.add(new Experiment.Meta(
                    variation.text("key").orElse(""),
                    variation.text("name").orElse(""),
                    variation.isTrue("passthrough")));
        }
        return meta;
    }

    private static Map<String, @Nullable Object> named(Members json) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        json.json().forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }
}
