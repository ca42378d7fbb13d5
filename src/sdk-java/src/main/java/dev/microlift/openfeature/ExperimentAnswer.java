package dev.microlift.openfeature;

import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.payload.Feature;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvaluation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One possible outcome of an experiment, with all that is said of it.
 *
 * @param metadata the same as in the server's answers
 * @param shared the whole in OpenFeature's form, where the value is one that nobody can change; null elsewhere
 * @param unitType what is randomised
 * @param sticky whether a unit that was exposed stays in the experiment
 * @param exposure what seeing the value means; null where it means nothing
 * @param exposureSeed see {@link ExposureKind#seed()}
 */
record ExperimentAnswer(
        Assigned assigned,
        ImmutableMetadata metadata,
        @Nullable SharedEvaluation shared,
        String unitType,
        boolean sticky,
        @Nullable ExposureKind exposure,
        long exposureSeed)
        implements FlagAnswer {

    static ExperimentAnswer of(Feature feature, Evaluation evaluation) {
        String key = feature.key();
        if (!(evaluation instanceof Evaluation.Served served)) {
            Assigned failed = Assigned.failed(key, ErrorCode.TARGETING_KEY_MISSING);
            return new ExperimentAnswer(
                    failed, ImmutableMetadata.EMPTY, null, feature.rule().unitType(), feature.sticky(), null, 0);
        }
        int version = feature.rule().version();
        ImmutableMetadata.ImmutableMetadataBuilder metadata = ImmutableMetadata.builder()
                .addString("experiment", key)
                .addInteger("version", version)
                .addBoolean("inExperiment", served.inExperiment());
        served.outside().ifPresent(outside -> metadata.addString("outside", outside.label()));
        Assigned assigned = new Assigned(
                key,
                version,
                feature.value(served.served()),
                served.variant().map(arm -> arm.key()),
                served.reason().name(),
                served.inExperiment(),
                served.outside(),
                Optional.empty());
        ExposureKind exposure = served.inExperiment() ? exposure(feature, served) : null;
        ImmutableMetadata described = metadata.build();
        return new ExperimentAnswer(
                assigned,
                described,
                shared(assigned, described),
                feature.rule().unitType(),
                feature.sticky(),
                exposure,
                exposure == null ? 0 : exposure.seed());
    }

    private static @Nullable SharedEvaluation shared(Assigned assigned, ImmutableMetadata metadata) {
        Object value = assigned.value();
        return value == null || !PlainJson.isScalar(value)
                ? null
                : new SharedEvaluation(value, assigned.variant().orElse(null), assigned.reason(), metadata);
    }

    @Override
    @SuppressWarnings("unchecked") // the shared one has the very value that is of this type
    public <T> @Nullable ProviderEvaluation<T> evaluation(ValueType<T> type, @Nullable T defaultValue) {
        T value = type.cast(assigned.value());
        if (value == null) {
            return null;
        }
        return shared != null && value == shared.getValue()
                ? (ProviderEvaluation<T>) shared
                : new ProviderEvaluation<>(
                        value, assigned.variant().orElse(null), assigned.reason(), null, null, metadata);
    }

    private static ExposureKind exposure(Feature feature, Evaluation.Served served) {
        return new ExposureKind(
                feature.key(),
                feature.seed().orElseThrow(),
                served.variant().orElseThrow().key());
    }
}
