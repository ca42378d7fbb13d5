package dev.microlift.server.analysis;

import dev.microlift.stats.CompensatedSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds up what the units of one arm, or of one segment of it, did. */
final class ArmTotals {

    private final Definition definition;
    private final Reach reach;
    private final Map<Path, Long> paths = new TreeMap<>(Path.ORDER);
    private final long[] events;
    private final PairSums[] values;
    private final PairSums[] rates;
    private final PairSums[] strictRates;
    private final GuardrailMoments[] guardrails;
    private final PairSums[] amounts;
    private long n;

    ArmTotals(Definition definition) {
        this.definition = definition;
        int steps = definition.steps().size();
        reach = new Reach(definition.steps());
        events = new long[steps];
        values = sums(steps);
        rates = sums(steps);
        strictRates = sums(steps);
        guardrails = definition.guardrails().stream()
                .map(metric -> new GuardrailMoments(metric.key(), 0, 0, 0))
                .toArray(GuardrailMoments[]::new);
        amounts = sums(guardrails.length);
    }

    private static PairSums[] sums(int steps) {
        return Stream.generate(PairSums::new).limit(steps).toArray(PairSums[]::new);
    }

    /** Sums of a number y and of one that explains it. */
    static final class PairSums {
        private final CompensatedSum sumY = new CompensatedSum();
        private final CompensatedSum sumYY = new CompensatedSum();
        private final CompensatedSum sumX = new CompensatedSum();
        private final CompensatedSum sumXX = new CompensatedSum();
        private final CompensatedSum sumXY = new CompensatedSum();
        private final CompensatedSum observedY = new CompensatedSum();
        private long observed;

        /** Adds units that have the same numbers; x is null where it is not known. */
        void add(@Nullable Double x, double y, long units) {
            sumY.add(units * y);
            sumYY.add(units * (y * y));
            if (x != null) {
                observed += units;
                sumX.add(units * x);
                sumXX.add(units * (x * x));
                sumXY.add(units * (x * y));
                observedY.add(units * y);
            }
        }

        Covariate covariate(long others) {
            return new Covariate(observed + others, sumX.value(), sumXX.value(), sumXY.value(), observedY.value());
        }
    }

    /** Units that went one way, with the mask of steps that they did before t0. */
    void path(Path path, long past) {
        n += path.units();
        paths.merge(path.ofOne(), path.units(), Long::sum);
        if (definition.followUp().past().isPresent() && definition.covariate() == null) {
            for (int i = 0; i < events.length; i++) {
                double x = past >>> i & 1;
                rates[i].add(x, reach.isReached(path, i, StepOrder.FURTHEST) ? 1 : 0, path.units());
                strictRates[i].add(x, reach.isReached(path, i, StepOrder.STRICT) ? 1 : 0, path.units());
            }
        }
    }

    /** Units that went one way, with an attribute. */
    void attribute(Path path, double x) {
        for (int i = 0; i < events.length; i++) {
            rates[i].add(x, reach.isReached(path, i, StepOrder.FURTHEST) ? 1 : 0, path.units());
            strictRates[i].add(x, reach.isReached(path, i, StepOrder.STRICT) ? 1 : 0, path.units());
        }
    }

    /** How many events count for a step. */
    void events(int step, long count) {
        events[step] += count;
    }

    /** Units with the same value of a step. */
    void value(int step, @Nullable Double x, double y, long units) {
        values[step].add(x, y, units);
    }

    /** Units with the same amount of a further metric. */
    void amount(int metric, double y, long units) {
        amounts[metric].add(null, y, units);
    }

    /** Units with events of a further metric, how many those are, and the sum of their squares. */
    void guardrail(int metric, long units, long hits, long squares) {
        GuardrailMoments others = guardrails[metric];
        guardrails[metric] = new GuardrailMoments(
                others.key(), others.units() + units, others.sum() + hits, others.sumOfSquares() + squares);
    }

    /** The arm, once everything is added. */
    Arm arm(String variant, long exposed, long matured, List<@Nullable Double> caps, List<StepTimes> times) {
        List<StepMoments> moments = new ArrayList<>();
        for (int i = 0; i < events.length; i++) {
            moments.add(moments(i, caps.get(i)));
        }
        return new Arm(
                variant,
                exposed,
                matured,
                n,
                paths.entrySet().stream()
                        .map(entry -> entry.getKey().of(entry.getValue()))
                        .toList(),
                moments,
                times,
                guardrails());
    }

    private List<GuardrailMoments> guardrails() {
        return IntStream.range(0, guardrails.length)
                .mapToObj(g -> definition.guardrails().get(g).kind() == GuardrailMetric.Kind.SUM
                        ? new GuardrailMoments(
                                guardrails[g].key(),
                                guardrails[g].units(),
                                amounts[g].sumY.value(),
                                amounts[g].sumYY.value())
                        : guardrails[g])
                .toList();
    }

    private StepMoments moments(int step, @Nullable Double cap) {
        boolean explained =
                definition.covariate() != null || definition.followUp().past().isPresent();
        long did = paths.entrySet().stream()
                .filter(entry -> entry.getKey().did(step))
                .mapToLong(Map.Entry::getValue)
                .sum();
        boolean hasValue = definition.steps().get(step).valueProperty().isPresent();
        // Of a unit's own past everything is known: units that are not among the numbers have none, then or now.
        long others = definition.covariate() == null ? n - values[step].observed : 0;
        return new StepMoments(
                did,
                events[step],
                values[step].sumY.value(),
                values[step].sumYY.value(),
                cap,
                explained ? rates[step].covariate(0) : null,
                explained ? strictRates[step].covariate(0) : null,
                explained && hasValue ? values[step].covariate(others) : null);
    }
}
