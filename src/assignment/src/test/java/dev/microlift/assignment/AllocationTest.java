package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hot path must leave nothing for the garbage collector of the applications it runs in. */
class AllocationTest {

    private static final int ROUNDS = 200_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void bucketAllocatesNothing() {
        assertThat(bytesPerRound(() -> Bucketing.bucket("0f3a9c1be2d47586", "user-1")))
                .isLessThan(1);
    }

    @Test
    void evaluationAllocatesNothing() {
        Condition targeting = Conditions.compile(
                        Map.of("country", Map.of("$in", List.of("DE", "FR"))), new LinearRegex())
                .condition();
        List<Arm> arms = List.of(new Arm("control", false), new Arm("treatment", true));
        Filter holdout = new Filter(Filter.Kind.HOLDOUT, "holdout", List.of(new BucketRange(0, 10_000)));
        Assignment assignment = new Assignment.Hashed(
                "0f3a9c1be2d47586", BucketLayoutTest.layout(List.of(1.0, 1.0), 1), List.of(holdout));
        Evaluator evaluator = new Evaluator(new ExperimentRule(
                "button", 1, "user", new Phase.Running(), arms, 0, assignment, targeting, Map.of("qa-1", "control")));
        EvaluationContext context = new EvaluationContext("u1", Map.of("country", "DE"));
        assertThat(evaluator.evaluate(context)).isInstanceOf(Evaluation.Split.class);

        assertThat(bytesPerRound(() -> evaluator.evaluate(context).hashCode())).isLessThan(1);
        Map<String, Object> attributes = Map.of("country", "DE");
        assertThat(bytesPerRound(() -> evaluator.evaluate("u1", attributes).hashCode()))
                .isLessThan(1);
    }

    /** Less than one byte a round: the measurement itself allocates a little. */
    private static double bytesPerRound(Action action) {
        run(action);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(action);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) ROUNDS;
    }

    private static void run(Action action) {
        int sink = 0;
        for (int i = 0; i < ROUNDS; i++) {
            sink += action.once();
        }
        assertThat(sink).isNotEqualTo(Integer.MIN_VALUE + 1);
    }

    private interface Action {
        int once();
    }
}
