package dev.microlift.benchmarks;

import dev.microlift.stats.BayesBinary;
import dev.microlift.stats.BayesMean;
import dev.microlift.stats.ConfidenceSequence;
import dev.microlift.stats.Fieller;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Welch;
import org.jspecify.annotations.Nullable;

/** Everything a report says about one metric of one treatment: difference, lift, sequential and Bayesian view. */
final class MetricComparison {

    private static final double ALPHA = 0.05;
    private static final double LEVEL = 0.95;

    private MetricComparison() {}

    record Views(
            Welch.Result difference,
            Fieller.Result lift,
            ConfidenceSequence.Result sequence,
            @Nullable Object bayes) {}

    /** Difference, lift and sequential view of a rate or mean, as a segment shows them. */
    static Views withoutBayes(Moments control, Moments treatment) {
        return new Views(
                Welch.test(control, treatment, ALPHA),
                Fieller.lift(control, treatment, ALPHA),
                ConfidenceSequence.of(control, treatment, ALPHA),
                null);
    }

    static Views ofRates(Moments control, Moments treatment) {
        return new Views(
                Welch.test(control, treatment, ALPHA),
                Fieller.lift(control, treatment, ALPHA),
                ConfidenceSequence.of(control, treatment, ALPHA),
                BayesBinary.of(control.n(), (long) control.sum(), treatment.n(), (long) treatment.sum(), LEVEL));
    }

    static Views ofMeans(Moments control, Moments treatment) {
        return new Views(
                Welch.test(control, treatment, ALPHA),
                Fieller.lift(control, treatment, ALPHA),
                ConfidenceSequence.of(control, treatment, ALPHA),
                BayesMean.of(control, treatment, LEVEL));
    }
}
