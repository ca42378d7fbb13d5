package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import dev.microlift.stats.CompensatedSum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Adds up what the units of one arm did. */
final class ArmSums {

    private static final Path NOWHERE = new Path(0, 0, 0, 0, 1);

    private final List<Step> steps;
    private final Map<Path, Long> paths = new HashMap<>();
    private final long[] did;
    private final long[] events;
    private final CompensatedSum[] sums;
    private final CompensatedSum[] squares;

    ArmSums(List<Step> steps) {
        this.steps = steps;
        did = new long[steps.size()];
        events = new long[steps.size()];
        sums = Stream.generate(CompensatedSum::new).limit(steps.size()).toArray(CompensatedSum[]::new);
        squares = Stream.generate(CompensatedSum::new).limit(steps.size()).toArray(CompensatedSum[]::new);
    }

    void add(UnitFold unit) {
        paths.merge(unit.path(), 1L, Long::sum);
        for (int i = 0; i < steps.size(); i++) {
            did[i] += unit.did(i) ? 1 : 0;
            events[i] += unit.events(i);
            sums[i].add(unit.value(i));
            squares[i].add(unit.value(i) * unit.value(i));
        }
    }

    /** The arm; units that were not added did nothing. */
    Arm arm(String variant, long exposed, long matured, long n) {
        long idle = n - paths.values().stream().mapToLong(Long::longValue).sum();
        paths.merge(NOWHERE, idle, Long::sum);
        List<Path> all = paths.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> new Path(
                        entry.getKey().did(),
                        entry.getKey().beforeGoal(),
                        entry.getKey().furthest(),
                        entry.getKey().strict(),
                        entry.getValue()))
                .sorted(Path.ORDER)
                .toList();
        List<StepMoments> moments = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            moments.add(
                    new StepMoments(did[i], events[i], sums[i].value(), squares[i].value(), null, null, null, null));
        }
        return new Arm(variant, exposed, matured, n, all, moments, List.of(), List.of());
    }
}
