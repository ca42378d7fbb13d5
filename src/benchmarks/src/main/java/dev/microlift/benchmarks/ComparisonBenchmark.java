package dev.microlift.benchmarks;

import dev.microlift.stats.Moments;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One full comparison of one metric; the promise is below 1 ms. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:ActiveProcessorCount=1")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ComparisonBenchmark {

    /** Units of each arm. */
    @Param({"1000", "100000", "10000000"})
    public long units = 100_000;

    @Benchmark
    public Object rate() {
        return MetricComparison.ofRates(
                Moments.binary(units, units * 50 / 1000), Moments.binary(units + 1, units * 54 / 1000));
    }

    @Benchmark
    public Object mean() {
        return MetricComparison.ofMeans(
                Moments.mean(units, 2.5 * units, 150.0 * units), Moments.mean(units + 1, 2.6 * units, 160.0 * units));
    }
}
