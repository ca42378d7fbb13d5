package dev.microlift.server.report;

import dev.microlift.server.journey.JourneyHash;
import dev.microlift.server.journey.JourneyVersion;
import dev.microlift.server.journey.StepRole;
import java.util.List;

/** The journey the figures are about. */
public record JourneyBlock(String key, String name, int version, String definitionHash, List<PathStep> steps) {

    /** A step of it. */
    public record PathStep(String key, String name, StepRole role, boolean optional) {}

    /** The block of a version. */
    public static JourneyBlock of(JourneyVersion version) {
        return new JourneyBlock(
                version.journey().key(),
                version.journey().name(),
                version.version(),
                JourneyHash.of(version.journey()),
                version.journey().steps().stream()
                        .map(step -> new PathStep(step.key(), step.name(), step.role(), step.optional()))
                        .toList());
    }
}
