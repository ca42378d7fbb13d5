package dev.microlift.server.report.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.LiveCount;
import dev.microlift.server.journey.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come in so far. Units whose window is open are included: nothing may be concluded from it.
 *
 * @param at when they were counted
 */
public record LiveCounters(String experiment, Instant at, List<VariantCounters> variants) {

    /**
     * One variant.
     *
     * @param assigned null: the server keeps no list of those it gave a variant to
     * @param reason why it is null
     * @param exposed units that saw it and no other
     * @param goal units that did the goal
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record VariantCounters(
            String variant, @Nullable Long assigned, String reason, long exposed, List<StepCounter> steps, long goal) {}

    /** Units that did a micro step. */
    public record StepCounter(String step, long units) {}

    static LiveCounters of(String experiment, Instant at, List<Step> steps, List<LiveCount> counts) {
        return new LiveCounters(
                experiment,
                at,
                counts.stream().map(count -> variant(steps, count)).toList());
    }

    private static VariantCounters variant(List<Step> steps, LiveCount count) {
        int goal = steps.size() - 1;
        List<StepCounter> counters = new ArrayList<>();
        for (int step = 0; step < goal; step++) {
            counters.add(new StepCounter(steps.get(step).key(), count.did().get(step)));
        }
        return new VariantCounters(
                count.variant(),
                null,
                "NOT_RECORDED",
                count.exposed(),
                counters,
                count.did().get(goal));
    }
}
