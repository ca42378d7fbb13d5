package dev.microlift.benchmarks.trials;

import java.time.Duration;
import java.util.Optional;

/** Processor time of a process, as the operating system counts it. */
interface ProcessorTime {

    /** Seconds so far; not a number if they cannot be known. */
    double seconds();

    static ProcessorTime own() {
        return of(Optional.of(ProcessHandle.current().pid()));
    }

    static ProcessorTime of(Optional<Long> pid) {
        return () -> pid.flatMap(ProcessHandle::of)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .map(nanos -> nanos / 1e9)
                .orElse(Double.NaN);
    }
}
