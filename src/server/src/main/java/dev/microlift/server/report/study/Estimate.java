package dev.microlift.server.report.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its interval.
 *
 * @param ci lower and upper limit
 * @param reason why figures are null; null if none is
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Estimate(
        @Nullable Double estimate,
        @Nullable List<Double> ci,
        @Nullable String reason) {

    /** A figure, its limits, and why any of them is absent. */
    public static Estimate of(
            @Nullable Double estimate, @Nullable Double low, @Nullable Double high, @Nullable Enum<?> reason) {
        return new Estimate(estimate, interval(low, high), name(reason));
    }

    /** The figure without its limits, for this reason unless there is another. */
    public Estimate withoutLimits(String why) {
        return new Estimate(estimate, null, reason == null ? why : reason);
    }

    /** Both limits, or none. */
    public static @Nullable List<Double> interval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? null : List.of(low, high);
    }

    /** How a code is written. */
    public static @Nullable String name(@Nullable Enum<?> code) {
        return code == null ? null : code.name();
    }
}
