package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.growthbook.FeatureResult.Source;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One evaluation: walks features and their prerequisites and gathers what to record. Used once, by one thread.
 *
 * <p>Each feature is evaluated once, however many others ask for it, so that the work is bounded by the payload's size;
 * cycles, and chains too long for the stack, end as {@link Source#CYCLIC_PREREQUISITE}.
 */
final class Evaluating {

    /** More features waiting for one another than this are taken for a cycle. */
    private static final int LONGEST_CHAIN = 100;

    private final Map<String, Feature> features;
    private final EvaluationRequest request;
    private final Trials trials;
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, FeatureResult> known = new HashMap<>();

    Evaluating(Map<String, Feature> features, EvaluationRequest request) {
        this.features = features;
        this.request = request;
        this.trials = new Trials(request);
    }

    Effects effects() {
        return trials.effects();
    }

    FeatureResult feature(String key) {
        FeatureResult before = known.get(key);
        if (before != null) {
            return before;
        }
        if (waiting.size() >= LONGEST_CHAIN || !waiting.add(key)) {
            return FeatureResult.without(Source.CYCLIC_PREREQUISITE);
        }
        FeatureResult result = evaluated(key);
        waiting.remove(key);
        // A cycle is found by one way into it; another way may find none.
        if (result.source() != Source.CYCLIC_PREREQUISITE) {
            known.put(key, result);
        }
        return result;
    }

    ExperimentResult standalone(Experiment experiment) {
        return trials.run(experiment, Optional.empty(), prerequisites -> unmet(prerequisites) == Unmet.NONE);
    }

    private FeatureResult evaluated(String key) {
        if (request.forcedFeatures().containsKey(key)) {
            return FeatureResult.of(request.forcedFeatures().get(key), Source.OVERRIDE, "");
        }
        Feature feature = features.get(key);
        if (feature == null) {
            return FeatureResult.without(Source.UNKNOWN_FEATURE);
        }
        for (Rule rule : feature.rules()) {
            Optional<FeatureResult> result = applied(rule, key);
            if (result.isPresent()) {
                return result.get();
            }
        }
        return FeatureResult.of(feature.defaultValue(), Source.DEFAULT_VALUE, "");
    }

    private Optional<FeatureResult> applied(Rule rule, String feature) {
        Unmet unmet = unmet(rule.prerequisites());
        if (unmet == Unmet.CYCLE) {
            return Optional.of(FeatureResult.without(Source.CYCLIC_PREREQUISITE));
        }
        if (unmet == Unmet.GATE) {
            return Optional.of(FeatureResult.without(Source.PREREQUISITE));
        }
        if (unmet == Unmet.RULE || !BucketFilter.allLet(rule.filters(), request, false)) {
            return Optional.empty();
        }
        if (rule instanceof Rule.Force force) {
            return forced(force);
        }
        return rule instanceof Rule.Trial trial ? tried(trial, feature) : Optional.empty();
    }

    private Optional<FeatureResult> forced(Rule.Force rule) {
        boolean applies = rule.condition().matches(request.attributes())
                && (rule.rollout().isEmpty() || rule.rollout().get().includes(request));
        return applies
                ? Optional.of(new FeatureResult(
                        rule.value(), Source.FORCE, rule.id(), rule.rollout().isPresent(), Optional.empty()))
                : Optional.empty();
    }

    private Optional<FeatureResult> tried(Rule.Trial rule, String feature) {
        ExperimentResult result = trials.run(rule.experiment(), Optional.of(feature), prerequisites -> true);
        if (!result.inExperiment() || result.passthrough()) {
            return Optional.empty();
        }
        Exposure exposure =
                new Exposure(rule.experiment().key(), rule.experiment().definition(), result);
        return Optional.of(new FeatureResult(
                result.value(), Source.EXPERIMENT, rule.id(), result.hashUsed(), Optional.of(exposure)));
    }

    private Unmet unmet(List<Prerequisite> prerequisites) {
        for (Prerequisite prerequisite : prerequisites) {
            FeatureResult parent = feature(prerequisite.feature());
            if (parent.source() == Source.CYCLIC_PREREQUISITE) {
                return Unmet.CYCLE;
            }
            if (!prerequisite.condition().matches(Collections.singletonMap("value", parent.value()))) {
                return prerequisite.gate() ? Unmet.GATE : Unmet.RULE;
            }
        }
        return Unmet.NONE;
    }

    /** What an unmet prerequisite rules out. */
    private enum Unmet {
        NONE,
        RULE,
        GATE,
        CYCLE
    }
}
