package dev.microlift.openfeature;

import dev.openfeature.sdk.ProviderEvaluation;
import org.jspecify.annotations.Nullable;

/** What a unit gets, with all that is said of it. */
sealed interface FlagAnswer permits ExperimentAnswer, ForeignAnswer {

    Assigned assigned();

    /** The answer with a value of this type; null if there is an error, or the value is of another type. */
    <T> @Nullable ProviderEvaluation<T> evaluation(ValueType<T> type, @Nullable T defaultValue);
}
