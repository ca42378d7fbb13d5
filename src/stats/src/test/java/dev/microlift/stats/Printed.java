package dev.microlift.stats;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A figure that a test expects to be there. */
final class Printed {

    private Printed() {}

    static double figure(@Nullable Double value) {
        return Objects.requireNonNull(value, "the figure is refused");
    }
}
