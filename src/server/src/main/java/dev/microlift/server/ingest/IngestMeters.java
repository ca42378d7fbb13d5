package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** What the operator sees of the messages that come in. */
@ApplicationScoped
class IngestMeters {

    private final MeterRegistry meters;
    private final Counter accepted;
    private final Counter duplicates;
    private final Timer append;

    IngestMeters(MeterRegistry meters) {
        this.meters = meters;
        this.accepted = Counter.builder("microlift.ingest.accepted")
                .description("Messages that were stored")
                .register(meters);
        this.duplicates = Counter.builder("microlift.ingest.duplicates")
                .description("Messages whose id was stored before")
                .register(meters);
        this.append = Timer.builder("microlift.ingest.append")
                .description("Time until appended messages were durable")
                .register(meters);
    }

    void received(List<Receipt> receipts) {
        Tally tally = Tally.of(receipts);
        accepted.increment((double) tally.accepted());
        duplicates.increment((double) tally.duplicates());
        if (tally.conflicts() > 0) {
            rejected(IdConflict.CODE, tally.conflicts());
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

    void appended(long nanos) {
        append.record(Duration.ofNanos(nanos));
    }
}
