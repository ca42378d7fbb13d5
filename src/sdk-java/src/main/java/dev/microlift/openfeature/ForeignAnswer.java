package dev.microlift.openfeature;

import dev.microlift.assignment.Reason;
import dev.microlift.assignment.growthbook.ExperimentResult;
import dev.microlift.assignment.growthbook.Exposure;
import dev.microlift.assignment.growthbook.FeatureEvaluation;
import dev.microlift.assignment.growthbook.FeatureResult;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvaluation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign feature gives a unit.
 *
 * @param exposures the experiments that the unit entered, also those of features that this one depends on
 */
record ForeignAnswer(Assigned assigned, ImmutableMetadata metadata, List<ForeignExposure> exposures)
        implements FlagAnswer {

    static ForeignAnswer of(String key, FeatureEvaluation evaluation) {
        FeatureResult result = evaluation.result();
        if (result.source() == FeatureResult.Source.CYCLIC_PREREQUISITE) {
            return new ForeignAnswer(Assigned.failed(key, ErrorCode.GENERAL), ImmutableMetadata.EMPTY, List.of());
        }
        Optional<ExperimentResult> experiment = result.experiment().map(Exposure::result);
        boolean inExperiment = experiment.map(ExperimentResult::hashUsed).orElse(false);
        ImmutableMetadata.ImmutableMetadataBuilder metadata =
                ImmutableMetadata.builder().addBoolean("inExperiment", inExperiment);
        result.experiment().ifPresent(entered -> metadata.addString("experiment", entered.experimentKey()));
        if (!result.ruleId().isEmpty()) {
            metadata.addString("rule", result.ruleId());
        }
        Assigned assigned = new Assigned(
                key,
                0,
                result.value(),
                experiment.map(ExperimentResult::key),
                reason(result).name(),
                inExperiment,
                Optional.empty(),
                Optional.empty());
        return new ForeignAnswer(
                assigned,
                metadata.build(),
                evaluation.effects().exposures().stream()
                        .map(ForeignExposure::of)
                        .toList());
    }

    /** A feature without a value leaves it to the application, which is no error: so the format is published. */
    @Override
    public <T> @Nullable ProviderEvaluation<T> evaluation(ValueType<T> type, @Nullable T defaultValue) {
        if (assigned.error().isPresent()) {
            return null;
        }
        boolean hasValue = assigned.value() != null;
        T value = hasValue ? type.cast(assigned.value()) : defaultValue;
        return hasValue && value == null
                ? null
                : new ProviderEvaluation<>(
                        value, assigned.variant().orElse(null), assigned.reason(), null, null, metadata);
    }

    private static Reason reason(FeatureResult result) {
        return switch (result.source()) {
            case FORCE, EXPERIMENT, OVERRIDE -> result.byHash() ? Reason.SPLIT : Reason.TARGETING_MATCH;
            case DEFAULT_VALUE, PREREQUISITE, UNKNOWN_FEATURE, CYCLIC_PREREQUISITE -> Reason.DEFAULT;
        };
    }
}
