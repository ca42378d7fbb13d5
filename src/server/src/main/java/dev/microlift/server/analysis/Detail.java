package dev.microlift.server.analysis;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for beyond the journey itself.
 *
 * @param segments attributes to break down by, frozen at the first exposure: a property of the exposure, {@code
 *     context.} and a dotted path into its context, or {@code channel}
 * @param guardrails further metrics
 * @param valueCap quantile, over all arms, above which values of a unit are set to it; null to cap nothing
 * @param covariate numeric property of the first exposure that takes the place of the unit's own past; null for none
 * @param plannedUnits matured units at which a test ends, to be told what was known of them; null for none
 * @param nextEvents whether to look for what units did after they left an edge
 * @param edgeOrder when a unit counts as having reached the steps of an edge
 */
public record Detail(
        List<String> segments,
        List<GuardrailMetric> guardrails,
        @Nullable Double valueCap,
        @Nullable String covariate,
        @Nullable Long plannedUnits,
        boolean nextEvents,
        StepOrder edgeOrder) {

    /** The attribute that is derived from where a unit came from. */
    public static final String CHANNEL = "channel";

    /** Nothing beyond the journey. */
    public static final Detail NONE = new Detail(List.of(), List.of(), null, null, false);

    /** What is asked for of a test without a planned end, where later steps imply earlier ones. */
    public Detail(
            List<String> segments,
            List<GuardrailMetric> guardrails,
            @Nullable Double valueCap,
            @Nullable String covariate,
            boolean nextEvents) {
        this(segments, guardrails, valueCap, covariate, null, nextEvents, StepOrder.FURTHEST);
    }

    public Detail {
        segments = List.copyOf(segments);
        guardrails = List.copyOf(guardrails);
        if (valueCap != null && !(valueCap > 0 && valueCap < 1)) {
            throw new IllegalArgumentException("a cap is a quantile between 0 and 1");
        }
    }

    /** The attribute that explains figures, if there is one. */
    public Optional<String> covariateAttribute() {
        return Optional.ofNullable(covariate);
    }
}
