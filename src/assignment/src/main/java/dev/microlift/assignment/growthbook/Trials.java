package dev.microlift.assignment.growthbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Runs experiments for one request, in the published order of checks, and gathers what to record. */
final class Trials {

    private final EvaluationRequest request;
    private final List<Exposure> exposures = new ArrayList<>();
    private final Map<String, StickyDocument> changed = new LinkedHashMap<>();

    Trials(EvaluationRequest request) {
        this.request = request;
    }

    Effects effects() {
        return new Effects(exposures, List.copyOf(changed.values()));
    }

    /**
     * Runs an experiment.
     *
     * @param feature the feature whose rule it is, if it is one's
     * @param met whether prerequisites are met
     */
    ExperimentResult run(Experiment experiment, Optional<String> feature, Predicate<List<Prerequisite>> met) {
        Trial trial = new Trial(experiment, feature, unit(experiment));
        if (experiment.variations().size() < 2
                || !request.enabled()
                || !experiment.urls().map(urls -> urls.covers(request.url())).orElse(true)) {
            return trial.outside();
        }
        OptionalInt forced = forcedFromOutside(experiment);
        if (forced.isPresent()) {
            return trial.forced(forced.getAsInt());
        }
        if (experiment.state().inactive() || trial.unit.isMissing()) {
            return trial.outside();
        }
        return randomised(trial, met);
    }

    private OptionalInt forcedFromOutside(Experiment experiment) {
        OptionalInt queried = QueryOverride.of(
                experiment.key(), request.url(), experiment.variations().size());
        if (queried.isPresent()) {
            return queried;
        }
        Integer forced = request.forcedVariations().get(experiment.key());
        return forced == null ? OptionalInt.empty() : OptionalInt.of(forced);
    }

    private ExperimentResult randomised(Trial trial, Predicate<List<Prerequisite>> met) {
        Experiment experiment = trial.experiment;
        StickyBucket sticky = isSticky(experiment) ? stored(experiment) : StickyBucket.NONE;
        if (sticky.variation().isEmpty() && !mayEnter(experiment, met)) {
            return trial.outside();
        }
        OptionalDouble bucket = experiment.space().bucketOf(trial.unit.text());
        if (bucket.isEmpty()) {
            return trial.outside();
        }
        if (sticky.blocked()) {
            return trial.blocked();
        }
        int variation = sticky.variation().orElse(Range.indexOf(experiment.ranges(), bucket.getAsDouble()));
        if (!experiment.has(variation)) {
            return trial.outside();
        }
        if (experiment.state().forced().isPresent()) {
            return trial.forced(experiment.state().forced().getAsInt());
        }
        if (request.qaMode() || experiment.state().stopped()) {
            return trial.outside();
        }
        ExperimentResult result = trial.assigned(
                variation, bucket.getAsDouble(), sticky.variation().isPresent());
        record(trial, result);
        return result;
    }

    private boolean mayEnter(Experiment experiment, Predicate<List<Prerequisite>> met) {
        Experiment.Audience audience = experiment.audience();
        return BucketFilter.allLet(audience.filters(), request, isSticky(experiment))
                && audience.condition().matches(request.attributes())
                && met.test(audience.prerequisites());
    }

    private void record(Trial trial, ExperimentResult result) {
        exposures.add(new Exposure(trial.experiment.key(), trial.experiment.definition(), result));
        if (isSticky(trial.experiment)) {
            StickyDocument before = document(trial.unit)
                    .orElse(new StickyDocument(trial.unit.attribute(), trial.unit.text(), Map.of()));
            StickyDocument after = before.with(StickyBucket.keyOf(trial.experiment), result.key());
            if (!after.equals(before)) {
                changed.put(after.key(), after);
            }
        }
    }

    private StickyBucket stored(Experiment experiment) {
        Map<String, String> assignments = new HashMap<>();
        for (Unit.Source source : experiment.source().fallbackFirst()) {
            document(source.in(request.attributes(), false))
                    .ifPresent(document -> assignments.putAll(document.assignments()));
        }
        return StickyBucket.of(experiment, assignments);
    }

    /** What is stored for a unit, with what this evaluation has changed so far. */
    private Optional<StickyDocument> document(Unit unit) {
        StickyDocument fresh = changed.get(StickyDocument.key(unit.attribute(), unit.text()));
        return fresh != null ? Optional.of(fresh) : request.stickyBuckets().flatMap(buckets -> buckets.find(unit));
    }

    private Unit unit(Experiment experiment) {
        return experiment.source().in(request.attributes(), isSticky(experiment));
    }

    private boolean isSticky(Experiment experiment) {
        return request.usesStickyBuckets() && !experiment.stickiness().disabled();
    }

    /** An experiment for a unit: what its results have in common. */
    private record Trial(Experiment experiment, Optional<String> feature, Unit unit) {

        /** The baseline's value, without being in the experiment. */
        ExperimentResult outside() {
            return result(0, false, false, OptionalDouble.empty(), false);
        }

        /** Outside because of a stored bucket. */
        ExperimentResult blocked() {
            return result(0, false, false, OptionalDouble.empty(), true);
        }

        ExperimentResult forced(int variation) {
            return experiment.has(variation)
                    ? result(variation, true, false, OptionalDouble.empty(), false)
                    : outside();
        }

        ExperimentResult assigned(int variation, double bucket, boolean sticky) {
            return result(variation, true, true, OptionalDouble.of(bucket), sticky);
        }

        private ExperimentResult result(
                int variation, boolean inExperiment, boolean hashUsed, OptionalDouble bucket, boolean sticky) {
            Experiment.Meta meta = experiment.metaOf(variation);
            return new ExperimentResult(
                    experiment.has(variation) ? experiment.variations().get(variation) : null,
                    variation,
                    experiment.keyOf(variation),
                    meta.name(),
                    inExperiment,
                    hashUsed,
                    unit.attribute(),
                    unit.value(),
                    feature,
                    bucket,
                    meta.passthrough(),
                    sticky);
        }
    }
}
