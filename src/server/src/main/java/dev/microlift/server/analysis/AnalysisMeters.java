package dev.microlift.server.analysis;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What the operator sees of the figures behind reports: how long they take, and how often they are not there in time. */
final class AnalysisMeters {

    private static final Duration SHORTEST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Timer answered;
    private final Timer timedOut;
    private final Timer failed;

    AnalysisMeters(MeterRegistry meters) {
        this.answered = timer(meters, "answered");
        this.timedOut = timer(meters, "timeout");
        this.failed = timer(meters, "failed");
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Timer.builder("microlift.report.figures")
                .description("Time until the figures of a report were there, or were given up")
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(meters);
    }

    /** Times work by its outcome. */
    <T> T time(Supplier<T> work) {
        long start = System.nanoTime();
        Timer outcome = failed;
        try {
            T result = work.get();
            outcome = answered;
            return result;
        } catch (ProblemException problem) {
            outcome = isTimeout(problem.code()) ? timedOut : failed;
            throw problem;
        } finally {
            outcome.record(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Whether it took too long, or waited too long for others. */
    private static boolean isTimeout(ErrorCode code) {
        return code == ErrorCode.REPORT_TIMEOUT || code == ErrorCode.UNAVAILABLE;
    }
}
