package dev.microlift.openfeature;

import dev.openfeature.sdk.ImmutableMetadata;

/** What a unit gets, with all that is said of it. */
sealed interface FlagAnswer permits ExperimentAnswer, ForeignAnswer {

    Assigned assigned();

    /** OpenFeature's. */
    ImmutableMetadata metadata();

    /** Whether the application's default is to be shown, which is no error. */
    default boolean leavesValueToApplication() {
        return false;
    }
}
