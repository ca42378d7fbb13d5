package dev.microlift.server.analysis;

import java.util.List;

/**
 * What the data look like.
 *
 * @param arms in their order
 * @param unexposedUnits units with step events since the experiment's start, but without any exposure to it
 * @param unexposedGoals those of them that did the goal
 */
public record Quality(List<ArmQuality> arms, long unexposedUnits, long unexposedGoals) {

    public Quality {
        arms = List.copyOf(arms);
    }
}
