package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.microlift.assignment.Bucketing;
import dev.openfeature.sdk.ImmutableContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The SDK leaves nothing for the garbage collector of the applications it runs in. */
class AllocationTest {

    private static final int ROUNDS = 200_000;
    private static final int FEW = 72;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void bucketAllocatesNothing() {
        assertThat(bytesPerRound(1, () -> Bucketing.bucket(Payloads.SEED, "user-1")))
                .isLessThan(1);
    }

    @Test
    void assignmentAllocatesNothingOnceTheUnitWasSeen() {
        String condition = """
                , "condition": {"country": {"$in": ["DE", "FR"]}}, "filters": [{"kind": "holdout", "seed": "holdout",
                  "attribute": "user", "hashVersion": 2, "ranges": [[0, 1]]}]""";
        try (FakeServer server = new FakeServer()) {
            server.configuration = Payloads.of(Payloads.experiment("button", "user", condition, "", "false", "true"));
            try (Microlift microlift = Microlift.start(server.options().build())) {
                Map<String, Object> attributes = Map.of("country", "DE");
                assertThat(microlift.assign("button", "u1", attributes).inExperiment())
                        .isTrue();

                assertThat(bytesPerRound(
                                1,
                                () -> microlift
                                        .assign("button", "u1", attributes)
                                        .version()))
                        .isLessThan(1);
            }
        }
    }

    @Test
    void allAssignmentsAllocateTheirListAlone() {
        try (FakeServer server = new FakeServer()) {
            server.configuration = Payloads.many(100);
            try (Microlift microlift = Microlift.start(server.options().build())) {
                Map<String, Object> attributes = Map.of("country", "DE");

                assertThat(bytesPerRound(
                                1_000,
                                () -> microlift.assignAll("u1", attributes).size()))
                        .isLessThan(1_000);
            }
        }
    }

    /**
     * The context copies the targeting key's value whenever it is asked, 16 bytes each time; how many of the copies are never
     * made is the compiler's choice. An answer of its own, or a copy of the attributes, would be more than this.
     */
    @Test
    void providerMakesNoAnswerAndNoCopyOnceTheUnitWasSeen() {
        try (FakeServer server = new FakeServer()) {
            MicroliftProvider provider = new MicroliftProvider(server.options().build());
            provider.initialize(ImmutableContext.EMPTY);
            ImmutableContext unit = new ImmutableContext("u1");
            provider.getBooleanEvaluation("button", false, unit);

            assertThat(bytesPerRound(
                            FEW,
                            () -> provider.getBooleanEvaluation("button", false, unit)
                                    .getReason()
                                    .length()))
                    .isLessThan(FEW);
            provider.shutdown();
        }
    }

    /**
     * Bytes a round once the code is compiled, which takes its time on a machine that does much else: measured again until
     * they are few enough, or for a while. Less than one is none, for the measurement itself allocates a little.
     */
    private static double bytesPerRound(double enough, Action action) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        double least = Double.POSITIVE_INFINITY;
        while (least >= enough && System.nanoTime() < deadline) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            run(action);
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) ROUNDS);
        }
        return least;
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
