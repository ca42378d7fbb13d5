package dev.microlift.server.experiment;

import dev.microlift.assignment.Bucketing;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws the seeds of hashes. Two experiments, layers or holdouts with one hash state would place their units alike, so none
 * is used twice.
 */
final class Seeds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Seeds() {}

    /** One that nothing else is placed by. */
    static String draw() {
        return draw(Stream.of(
                        ExperimentEntity.<ExperimentEntity>listAll().stream()
                                .map(ExperimentMapping::experiment)
                                .flatMap(experiment -> experiment.launched().stream())
                                .flatMap(launch -> launch.seeds().stream()),
                        LayerEntity.<LayerEntity>listAll().stream().map(layer -> layer.seed),
                        HoldoutEntity.<HoldoutEntity>listAll().stream().map(holdout -> holdout.seed))
                .flatMap(Function.identity())
                .map(Bucketing::seedState)
                .collect(Collectors.toSet()));
    }

    static String draw(Set<Integer> usedStates) {
        byte[] bits = new byte[8];
        String seed;
        do {
            RANDOM.nextBytes(bits);
            seed = HexFormat.of().formatHex(bits);
        } while (usedStates.contains(Bucketing.seedState(seed)));
        return seed;
    }
}
