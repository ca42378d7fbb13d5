package dev.microlift.stats.simulation;

import dev.microlift.stats.Kind;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Welch;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Are the p-values of 1,000 tests without effect uniform? Kolmogorov's distance between their distribution and the
 * uniform one, against its mean 0.8687/sqrt(n) and standard deviation 0.2603/sqrt(n) under uniformity.
 */
record UniformityStudy(Kind kind) implements Study {
    private static final int TESTS = 1_000;
    private static final int UNITS = 2_000;
    private static final long EXPOSED = 1_000_000;
    private static final double RATE = 0.1;
    private static final double MEAN_DISTANCE = 0.8687;
    private static final double SD_DISTANCE = 0.2603;

    private String name() {
        return "p-values of 1,000 tests without effect, "
                + switch (kind) {
                    case BINARY -> "rates";
                    case MEAN -> "means";
                };
    }

    @Override
    public List<Figure> run(Simulation simulation) {
        double[] p = IntStream.range(0, TESTS)
                .parallel()
                .mapToDouble(test -> p(new Draws(Simulation.seed(name(), test))))
                .sorted()
                .toArray();
        double distance = 0;
        for (int i = 0; i < TESTS; i++) {
            distance = Math.max(distance, Math.max((i + 1.0) / TESTS - p[i], p[i] - (double) i / TESTS));
        }
        simulation.progress().accept(name() + ": 100 %");
        double root = Math.sqrt(TESTS);
        return List.of(new Figure(
                name(),
                "distance from uniform (Kolmogorov)",
                Figure.Claim.AT_MOST,
                MEAN_DISTANCE / root,
                distance,
                SD_DISTANCE / root,
                TESTS));
    }

    private double p(Draws draws) {
        return Objects.requireNonNull(Welch.test(arm(draws), arm(draws), 0.05).p());
    }

    private Moments arm(Draws draws) {
        return switch (kind) {
            case BINARY -> Moments.binary(EXPOSED, draws.binomial(EXPOSED, RATE));
            case MEAN -> {
                double sum = 0;
                double sumsq = 0;
                for (int i = 0; i < UNITS; i++) {
                    double y = draws.exponential();
                    sum += y;
                    sumsq += y * y;
                }
                yield Moments.mean(UNITS, sum, sumsq);
            }
        };
    }
}
