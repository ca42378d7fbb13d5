package dev.microlift.benchmarks;

import dev.microlift.stats.LogisticRegression;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The statistics of a report with 10 steps, 4 arms of 100,000 units and 20 segments on one core; the promise is below
 * 100 ms. Segments have difference, lift and sequential view; what the Bayesian view of the rates would add to them is
 * measured apart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:ActiveProcessorCount=1")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReportBenchmark {

    private static final long UNITS = 100_000;
    private static final int SEGMENTS = 20;

    private final ReportData data = ReportData.of(UNITS);
    private final List<ReportData> segments = IntStream.rangeClosed(1, SEGMENTS)
            .mapToObj(segment -> ReportData.of(UNITS / SEGMENTS + 100L * segment))
            .toList();
    private final List<LogisticRegression.Row> patterns = ReportData.patterns();
    private final double[] control = ReportData.times(1);
    private final double[] treatment = ReportData.times(2);
    private final boolean[] reached = ReportData.reached();

    @Benchmark
    public void wholeReport(Blackhole sink) {
        metrics(sink);
        journey(sink);
        association(sink);
        timeToStep(sink);
        segments(sink);
        sink.consume(ReportFigures.trustAndSensitivity(data));
    }

    @Benchmark
    public void metrics(Blackhole sink) {
        sink.consume(ReportFigures.metrics(data, MetricComparison::ofRates));
    }

    @Benchmark
    public void journey(Blackhole sink) {
        sink.consume(ReportFigures.journey(data));
    }

    @Benchmark
    public void association(Blackhole sink) {
        sink.consume(ReportFigures.association(data, patterns));
    }

    @Benchmark
    public void timeToStep(Blackhole sink) {
        sink.consume(ReportFigures.timeToStep(control, treatment, reached));
    }

    @Benchmark
    public void segments(Blackhole sink) {
        sink.consume(ReportFigures.segments(segments, MetricComparison::withoutBayes));
    }

    @Benchmark
    public void segmentsWithBayes(Blackhole sink) {
        sink.consume(ReportFigures.segments(segments, MetricComparison::ofRates));
    }
}
