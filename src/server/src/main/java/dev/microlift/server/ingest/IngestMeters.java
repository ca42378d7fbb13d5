package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** What the operator sees of the messages that come in; from the start, for what has no value yet cannot be watched. */
@Startup
@ApplicationScoped
class IngestMeters {

    private final MeterRegistry meters;
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter bots;
    private final Counter bytes;
    private final DistributionSummary batches;
    private final Timer acknowledge;

    IngestMeters(MeterRegistry meters) {
        this.meters = meters;
        this.accepted = Counter.builder("microlift.ingest.accepted")
                .description("Messages that were stored")
                .register(meters);
        this.duplicates = Counter.builder("microlift.ingest.duplicates")
                .description("Messages whose id was stored before")
                .register(meters);
        this.bots = Counter.builder("microlift.ingest.bots")
                .description("Messages that were marked as sent by a known robot")
                .register(meters);
        this.bytes = Counter.builder("microlift.ingest.bytes")
                .baseUnit(BaseUnits.BYTES)
                .description("What tracking requests took on the wire, without headers")
                .register(meters);
        this.batches = DistributionSummary.builder("microlift.ingest.batch.size")
                .baseUnit("messages")
                .description("Messages of a request")
                .serviceLevelObjectives(1, 10, 100, 1_000, 2_500)
                .register(meters);
        this.acknowledge = Timer.builder("microlift.ingest.acknowledge")
                .description("Time from a request's first byte to its answer, everything durable")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(meters);
    }

    void received(List<Receipt> receipts) {
        Tally tally = Tally.of(receipts);
        accepted.increment((double) tally.accepted());
        duplicates.increment((double) tally.duplicates());
        if (tally.conflicts() > 0) {
            rejected(IdConflict.CODE, tally.conflicts());
        }
        if (tally.refused() > 0) {
            rejected(Unwanted.ERASED, tally.refused());
        }
    }

    void rejected(String code) {
        rejected(code, 1);
    }

    private void rejected(String code, long count) {
        Counter.builder("microlift.ingest.rejected")
                .description("Messages that were not taken")
                .tag("code", code)
                .register(meters)
                .increment((double) count);
    }

    void marked(long messages) {
        bots.increment((double) messages);
    }

    void receivedBytes(long count) {
        bytes.increment((double) count);
    }

    void acknowledged(int messages, long nanos) {
        batches.record(messages);
        acknowledge.record(Duration.ofNanos(nanos));
    }
}
