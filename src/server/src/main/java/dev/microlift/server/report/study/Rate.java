package dev.microlift.server.report.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Units of a variant that converted, of the n that it has. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Rate(
        String variant, long n, long converted, @Nullable Double rate) {

    /** With the share worked out; there is none of no units. */
    public static Rate of(String variant, long n, long converted) {
        return new Rate(variant, n, converted, Shares.of(converted, n));
    }
}
