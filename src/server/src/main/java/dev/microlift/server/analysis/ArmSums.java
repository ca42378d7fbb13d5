package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import dev.microlift.stats.CompensatedSum;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Adds up what the units of one arm did. */
final class ArmSums {

    private final List<Step> steps;
    private final StepOrder order;
    private final long[] reached;
    private final long[] did;
    private final CompensatedSum[] sums;
    private final CompensatedSum[] squares;

    ArmSums(List<Step> steps, StepOrder order) {
        this.steps = steps;
        this.order = order;
        reached = new long[(int) steps.stream().filter(step -> !step.optional()).count()];
        did = new long[steps.size()];
        sums = Stream.generate(CompensatedSum::new).limit(steps.size()).toArray(CompensatedSum[]::new);
        squares = Stream.generate(CompensatedSum::new).limit(steps.size()).toArray(CompensatedSum[]::new);
    }

    void add(UnitFold unit) {
        for (int r = 0; r < unit.reached(order); r++) {
            reached[r]++;
        }
        for (int i = 0; i < steps.size(); i++) {
            did[i] += unit.did(i) ? 1 : 0;
            sums[i].add(unit.value(i));
            squares[i].add(unit.value(i) * unit.value(i));
        }
    }

    List<Long> reach() {
        return LongStream.of(reached).boxed().toList();
    }

    List<Answer.StepSums> steps() {
        List<Answer.StepSums> all = new ArrayList<>();
        int position = 0;
        for (int i = 0; i < steps.size(); i++) {
            long converted = steps.get(i).optional() ? did[i] : reached[position++];
            all.add(new Answer.StepSums(did[i], converted, sums[i].value(), squares[i].value()));
        }
        return all;
    }
}
