package dev.microlift.server.eventlog;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What the operator sees of the log. */
final class EventLogMeters {

    private final MeterRegistry registry;
    private final Timer sync;
    private final DistributionSummary groups;
    private final LongAdder lost = new LongAdder();

    EventLogMeters(MeterRegistry registry) {
        this.registry = registry;
        this.sync = Timer.builder("microlift.log.sync")
                .description("Time until the disk confirmed what was written")
                .publishPercentileHistogram()
                .register(registry);
        this.groups = DistributionSummary.builder("microlift.log.group")
                .description("Messages made durable together")
                .baseUnit("messages")
                .register(registry);
        FunctionCounter.builder("microlift.log.lost", lost, LongAdder::doubleValue)
                .description("Messages that were in the log and cannot be read any more")
                .baseUnit("messages")
                .register(registry);
    }

    /** Counts what readers pass over. */
    LongAdder lost() {
        return lost;
    }

    void wrote(int messages) {
        groups.record(messages);
    }

    void synced(long nanos) {
        sync.record(Duration.ofNanos(nanos));
    }

    /** Shows what an open log knows of itself. */
    void watch(SegmentedEventLog log) {
        Gauge.builder("microlift.log.queue", log, SegmentedEventLog::queued)
                .description("Messages that wait to be written")
                .baseUnit("messages")
                .register(registry);
        Gauge.builder("microlift.log.position", log, SegmentedEventLog::lastPosition)
                .description("Position of the last durable message")
                .register(registry);
        Gauge.builder("microlift.log.size", log, SegmentedEventLog::bytes)
                .description("Bytes of the log's files")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("microlift.log.cut", log, SegmentedEventLog::cutBytes)
                .description("Bytes of an unfinished write that the last start cut off")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("microlift.log.writable", log, open -> open.state() == LogWriter.State.WRITING ? 1 : 0)
                .description("1 while messages can be stored")
                .register(registry);
    }
}
