package dev.microlift.server.analysis;

import dev.microlift.assignment.BucketLayout;
import dev.microlift.server.journey.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whose events a question is about: what makes a unit part of it, which arm it is in, and when its time begins. */
public sealed interface Scope {

    /** Name of the only arm of a journey's whole traffic. */
    String EVERYBODY = "all";

    /** Keys of the arms, in their order. */
    List<String> arms();

    /** Whose units they are, in words. */
    String about(Question question);

    /**
     * Units exposed to an experiment; the first exposure says arm and t0.
     *
     * @param variants keys of the variants, in their order
     * @param overridden units that were not randomised
     * @param assignment how the server assigns, to check what units saw; null where another tool assigns
     * @param othersUntil exposures that were received up to then are of another experiment, which had the key; null for none
     */
    record OfExperiment(
            String key,
            List<String> variants,
            Set<String> overridden,
            @Nullable Assignment assignment,
            @Nullable Instant othersUntil)
            implements Scope {

        public OfExperiment {
            variants = List.copyOf(variants);
            overridden = Set.copyOf(overridden);
        }

        @Override
        public List<String> arms() {
            return variants;
        }

        @Override
        public String about(Question question) {
            return "experiment " + key;
        }

        /** How the server assigns, if it does. */
        Optional<Assignment> hash() {
            return Optional.ofNullable(assignment);
        }
    }

    /** All units with a step of the journey in the period asked for; t0 is the first of them. There is one arm. */
    record OfTraffic() implements Scope {

        @Override
        public List<String> arms() {
            return List.of(EVERYBODY);
        }

        @Override
        public String about(Question question) {
            return "traffic through " + question.steps().stream().map(Step::key).collect(Collectors.joining(", "));
        }
    }

    /** The hash that gives units their variants. */
    record Assignment(String seed, BucketLayout layout) {}
}
