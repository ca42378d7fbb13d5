package dev.microlift.openfeature;

import dev.microlift.assignment.Outside;
import dev.openfeature.sdk.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a unit gets of an experiment, or of a feature that Microlift did not make. For an experiment there is one object
 * per possible outcome, made with the configuration.
 *
 * @param experiment the experiment's or feature's key
 * @param version the experiment's version; 0 for other features, and with an error
 * @param value what to show: text, truth value, number, list or map; null with an error, and where a feature has none
 * @param variant the variant's key; empty for units outside, and with an error
 * @param reason OpenFeature's: {@code SPLIT} if the unit's bucket decided, {@code ERROR} with an error
 * @param inExperiment whether the unit was randomised, so that seeing the value is an exposure
 * @param outside what keeps the unit out of a running experiment
 * @param error why there is no value
 */
public record Assigned(
        String experiment,
        int version,
        @Nullable Object value,
        Optional<String> variant,
        String reason,
        boolean inExperiment,
        Optional<Outside> outside,
        Optional<ErrorCode> error) {

    static final String ERROR = "ERROR";

    static Assigned failed(String experiment, ErrorCode error) {
        return new Assigned(experiment, 0, null, Optional.empty(), ERROR, false, Optional.empty(), Optional.of(error));
    }

    /** The value if it is a truth value, else the fallback. */
    public boolean booleanOr(boolean fallback) {
        return value instanceof Boolean truth ? truth : fallback;
    }

    /** The value if it is text, else the fallback. */
    public String textOr(String fallback) {
        return value instanceof String text ? text : fallback;
    }

    /** The value if it is a number, else the fallback. */
    public double numberOr(double fallback) {
        return value instanceof Number number ? number.doubleValue() : fallback;
    }
}
