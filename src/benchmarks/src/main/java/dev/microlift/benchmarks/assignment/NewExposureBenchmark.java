package dev.microlift.benchmarks.assignment;

import dev.microlift.openfeature.Microlift;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Assignments of units that were never seen, with and without recording their exposures; the difference is what a new
 * exposure costs, and promised to be at most 300 ns. Each run has a new client, so that nothing is dropped.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 30)
@Measurement(iterations = 40)
public class NewExposureBenchmark {

    private static final int UNITS = 50_000;

    /** Whether exposures are recorded. */
    @Param({"false", "true"})
    public boolean recording;

    private final String[] units = Experiments.units(UNITS);
    private final Map<String, Object> attributes = Map.of("country", "DE", "device", "phone", "age", 42);
    private Microlift microlift = client();

    private Microlift client() {
        return Microlift.start(Experiments.offline()
                .recordExposures(recording)
                .queueCapacity(UNITS)
                .batchSize(2_500)
                .build());
    }

    @Setup(Level.Invocation)
    public void start() {
        microlift.close();
        microlift = client();
    }

    @TearDown
    public void close() {
        microlift.close();
    }

    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void unseen(Blackhole sink) {
        for (String unit : units) {
            sink.consume(microlift.assign("experiment-0", unit, attributes));
        }
    }
}
