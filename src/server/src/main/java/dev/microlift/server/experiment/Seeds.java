package dev.microlift.server.experiment;

import dev.microlift.assignment.Bucketing;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Draws the seeds of hashes. Two experiments with one hash state would split their units alike, so none is used twice. */
final class Seeds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Seeds() {}

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
