package dev.microlift.server.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the data look like.
 *
 * @param arms in their order
 * @param unexposedUnits units with step events between the experiment's start and its end, but without any exposure to it;
 *     null if only units exposed in a part of that time are meant, for without exposure they are of no part
 * @param unexposedGoals those of them that did the goal; null likewise
 */
public record Quality(
        List<ArmQuality> arms,
        @Nullable Long unexposedUnits,
        @Nullable Long unexposedGoals) {

    public Quality {
        arms = List.copyOf(arms);
    }
}
