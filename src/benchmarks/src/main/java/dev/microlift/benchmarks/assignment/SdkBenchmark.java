package dev.microlift.benchmarks.assignment;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One assignment and all of a hundred, of two halves each, by different SDKs. Exposures are not recorded, and each SDK
 * gets its contexts of the 1,024 units made beforehand.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter, then calls the setup
public class SdkBenchmark {

    private static final int UNITS = 1_024;
    /** Six standard deviations of a fair split. */
    private static final int LARGEST_IMBALANCE = 96;

    private static final String KEY = Experiments.key(0);

    /** Whose SDK. */
    public enum Vendor {
        MICROLIFT,
        OPTIMIZELY,
        STATSIG,
        UNLEASH;

        private Sdk start(String[] units) {
            return switch (this) {
                case MICROLIFT -> new MicroliftSdk(units);
                case OPTIMIZELY -> new OptimizelySdk(units);
                case STATSIG -> new StatsigSdk(units);
                case UNLEASH -> new UnleashSdk(units);
            };
        }
    }

    /** The SDK that is measured; each has a process of its own. */
    @Param
    public Vendor vendor;

    private Sdk sdk;
    private int turn;

    /** Also sees that the SDK answers: one without a configuration is fast. */
    @Setup
    public void start() {
        sdk = vendor.start(Experiments.units(UNITS));
        for (int i = 0; i < Experiments.COUNT; i++) {
            int treated = 0;
            for (int unit = 0; unit < UNITS; unit++) {
                treated += sdk.treats(unit, Experiments.key(i)) ? 1 : 0;
            }
            if (Math.abs(treated - UNITS / 2) > LARGEST_IMBALANCE) {
                throw new IllegalStateException(
                        "%s treats %d of %d units in %s".formatted(vendor, treated, UNITS, Experiments.key(i)));
            }
        }
    }

    @TearDown
    public void close() {
        sdk.close();
    }

    @Benchmark
    public boolean one() {
        return sdk.treats(next(), KEY);
    }

    @Benchmark
    public Object all() {
        return sdk.all(next());
    }

    private int next() {
        turn = turn + 1 & UNITS - 1;
        return turn;
    }
}
