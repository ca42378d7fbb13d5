package dev.microlift.server.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is counted of each variant of each experiment: how often it was given, and how often it was seen. A bounded number
 * of them have counters of their own; what is not theirs is counted under {@link #OTHER}.
 */
@ApplicationScoped
public class VariantMeters {

    /** The label of what belongs to no known variant: units outside an experiment, experiments of other tools. */
    public static final String OTHER = "";

    /** At most so many variants have counters: each has two time series. */
    private static final int MOST = 2_000;

    private final MeterRegistry meters;
    private final Counters outside;
    private volatile Map<Variant, Counters> counters = Map.of();

    /** Counts in this registry. */
    public VariantMeters(MeterRegistry meters) {
        this.meters = meters;
        this.outside = counters(new Variant(OTHER, OTHER));
    }

    /** A variant of an experiment, by their keys. */
    public record Variant(String experiment, String variant) {}

    private record Counters(Counter evaluations, Counter exposures) {}

    private Counters counters(Variant variant) {
        return new Counters(
                Counter.builder("microlift.evaluations")
                        .description("How often a variant was given; without one, how often a unit was outside")
                        .tag("experiment", variant.experiment())
                        .tag("variant", variant.variant())
                        .register(meters),
                Counter.builder("microlift.exposures")
                        .description("Exposures that were stored; without names, those of experiments nobody created")
                        .tag("experiment", variant.experiment())
                        .tag("variant", variant.variant())
                        .register(meters));
    }

    /** Tells which variants there are now. Those that are gone lose their counters. */
    public synchronized void know(List<Variant> variants) {
        Set<Variant> wanted = new LinkedHashSet<>();
        variants.stream().limit(MOST).forEach(wanted::add);
        Map<Variant, Counters> known = new HashMap<>(counters);
        known.entrySet().removeIf(entry -> !wanted.contains(entry.getKey()) && forget(entry.getValue()));
        wanted.forEach(variant -> known.computeIfAbsent(variant, this::counters));
        counters = Map.copyOf(known);
    }

    private boolean forget(Counters gone) {
        meters.remove(gone.evaluations());
        meters.remove(gone.exposures());
        return true;
    }

    /** Counts how often a variant is given, for as long as it is known. */
    public Counter evaluations(Variant variant) {
        return counters.getOrDefault(variant, outside).evaluations();
    }

    /** Counts how often a variant is seen, for as long as it is known. */
    public Counter exposures(Variant variant) {
        return counters.getOrDefault(variant, outside).exposures();
    }
}
