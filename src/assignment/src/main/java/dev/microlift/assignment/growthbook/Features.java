package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.RegexEngine;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The compiled features of a payload. Safe for use by many threads; the payload must not be changed afterwards, because
 * values are served from it as they are.
 */
public final class Features {

    private final Map<String, Feature> features;
    private final List<PayloadFault> faults;
    private final ExperimentReader reader;

    private Features(Map<String, Feature> features, List<PayloadFault> faults, ExperimentReader reader) {
        this.features = features;
        this.faults = List.copyOf(faults);
        this.reader = reader;
    }

    /**
     * Compiles a payload.
     *
     * @param payload plain maps, lists, texts, numbers, booleans and nulls: {@code features} by their keys, and optionally
     *     {@code savedGroups}
     * @param engine for the regular expressions in conditions; they come from the payload's author
     */
    public static Features compile(Map<?, ?> payload, RegexEngine engine) {
        ConditionReader conditions = ConditionReader.of(engine, payload.get("savedGroups"));
        ExperimentReader experiments = new ExperimentReader(conditions);
        FeatureReader reader = new FeatureReader(conditions, experiments);
        Map<String, Feature> features = reader.features(payload.get("features"));
        return new Features(features, reader.faults(), experiments);
    }

    /** Keys of the features, in the payload's order. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(features.keySet());
    }

    /** What of the payload was left out, and why. */
    public List<PayloadFault> faults() {
        return faults;
    }

    /** What a feature is for the one who asks; an unknown feature has no value. */
    public FeatureEvaluation evaluate(String key, EvaluationRequest request) {
        Evaluating evaluating = new Evaluating(features, request);
        FeatureResult result = evaluating.feature(key);
        return new FeatureEvaluation(result, evaluating.effects());
    }

    /**
     * Runs an experiment that is no feature's; these features are its prerequisites.
     *
     * @param experiment the published fields: {@code key}, {@code variations} and so on
     * @return a result without value and outside of the experiment if its definition makes no sense
     */
    public ExperimentRun run(Map<String, ? extends @Nullable Object> experiment, EvaluationRequest request) {
        Evaluating evaluating = new Evaluating(features, request);
        try {
            Experiment compiled = reader.standalone(new Members(experiment));
            return new ExperimentRun(evaluating.standalone(compiled), evaluating.effects());
        } catch (MalformedException e) {
            return new ExperimentRun(ExperimentResult.OF_NOTHING, evaluating.effects());
        }
    }

    /**
     * Under these keys the sticky buckets that matter for a unit are stored: one for each attribute that some experiment
     * randomises or falls back to.
     */
    public Set<String> stickyKeys(Map<String, @Nullable Object> attributes) {
        return experiments()
                .flatMap(experiment -> experiment.source().fallbackFirst().stream())
                .map(attribute -> attribute.in(attributes, false))
                .map(unit -> StickyDocument.key(unit.attribute(), unit.text()))
                .collect(Collectors.toSet());
    }

    /** The attributes that some experiment randomises: under these names units have their ids. */
    public Set<String> hashAttributes() {
        return experiments().map(experiment -> experiment.source().attribute()).collect(Collectors.toSet());
    }

    private Stream<Experiment> experiments() {
        return features.values().stream()
                .flatMap(feature -> feature.rules().stream())
                .flatMap(rule -> rule instanceof Rule.Trial trial ? Stream.of(trial.experiment()) : Stream.empty());
    }
}
