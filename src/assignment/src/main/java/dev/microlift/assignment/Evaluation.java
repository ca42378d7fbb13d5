package dev.microlift.assignment;

import java.util.Optional;

/** The answer to: which arm does this unit get? */
public sealed interface Evaluation {

    /** An arm's value can be served. */
    sealed interface Served extends Evaluation {

        Reason reason();

        /** The arm whose value the unit sees. */
        Arm served();

        /** The arm the unit belongs to; a muted arm keeps its units while control's value is served. */
        default Optional<Arm> variant() {
            return Optional.empty();
        }

        /** What keeps the unit out of a running experiment. */
        default Optional<Outside> outside() {
            return Optional.empty();
        }

        /** Whether the unit was randomised, so that seeing the value is an exposure. */
        default boolean inExperiment() {
            return false;
        }
    }

    /** In the experiment, by hash. */
    record Split(Arm assigned, Arm served) implements Served {
        @Override
        public Reason reason() {
            return Reason.SPLIT;
        }

        @Override
        public Optional<Arm> variant() {
            return Optional.of(assigned);
        }

        @Override
        public boolean inExperiment() {
            return true;
        }
    }

    /** The arm was set by hand: not randomised, so not in the experiment. */
    record Overridden(Arm assigned, Arm served) implements Served {
        @Override
        public Reason reason() {
            return Reason.TARGETING_MATCH;
        }

        @Override
        public Optional<Arm> variant() {
            return Optional.of(assigned);
        }
    }

    /** The experiment does not run: control's value. */
    record Disabled(Arm served) implements Served {
        @Override
        public Reason reason() {
            return Reason.DISABLED;
        }
    }

    /** The experiment was decided: the chosen arm's value. */
    record Decided(Arm served) implements Served {
        @Override
        public Reason reason() {
            return Reason.STATIC;
        }

        @Override
        public Optional<Arm> variant() {
            return Optional.of(served);
        }
    }

    /** Not in the running experiment: control's value. */
    record NotIncluded(Outside why, Arm served) implements Served {
        @Override
        public Reason reason() {
            return Reason.DEFAULT;
        }

        @Override
        public Optional<Outside> outside() {
            return Optional.of(why);
        }
    }

    /** A running experiment on users was asked without a targeting key: an error, not an answer. */
    record TargetingKeyMissing() implements Evaluation {}
}
