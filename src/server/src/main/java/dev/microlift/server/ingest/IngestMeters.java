package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.meter.VariantMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What the operator sees of the messages that come in; from the start, for what has no value yet cannot be watched. */
@Startup
@ApplicationScoped
public class IngestMeters {

    private final MeterRegistry meters;
    private final VariantMeters variants;
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter bots;
    private final Counter bytes;
    private final DistributionSummary batches;
    private final Timer acknowledge;
    private final LongAdder rejected = new LongAdder();

    IngestMeters(MeterRegistry meters, VariantMeters variants) {
        this.meters = meters;
        this.variants = variants;
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

    void received(Arrivals arrivals, List<Receipt> receipts) {
        for (Arrivals.Shown shown : arrivals.exposures()) {
            if (receipts.get(shown.message()) == Receipt.STORED) {
                Exposure exposure = shown.exposure();
                variants.exposures(new VariantMeters.Variant(exposure.experiment(), exposure.variant()))
                        .increment();
            }
        }
        bots.increment((double) arrivals.bots());
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
        rejected.add(count);
    }

    /** What came of the messages so far. */
    public IngestCounts counts() {
        return new IngestCounts((long) (accepted.count() + duplicates.count()), rejected.sum());
    }

    void receivedBytes(long count) {
        bytes.increment((double) count);
    }

    void acknowledged(int messages, long nanos) {
        batches.record(messages);
        acknowledge.record(Duration.ofNanos(nanos));
    }
}
