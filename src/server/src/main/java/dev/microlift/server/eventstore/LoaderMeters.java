package dev.microlift.server.eventstore;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** What the operator sees of loading. */
@ApplicationScoped
class LoaderMeters {

    private static final double MILLIS = 1000;

    private final MeterRegistry meters;
    private final Counter loaded;
    private final DistributionSummary batch;

    LoaderMeters(MeterRegistry meters) {
        this.meters = meters;
        this.loaded = Counter.builder("microlift.loader.loaded")
                .description("Messages that came from the log into the tables")
                .register(meters);
        this.batch = DistributionSummary.builder("microlift.loader.batch")
                .description("Messages loaded in one transaction")
                .register(meters);
    }

    /** Counts a batch. */
    void loaded(int messages) {
        loaded.increment(messages);
        batch.record(messages);
    }

    /** Shows how an open store is doing. */
    void watch(DuckDbEventStore store) {
        Gauge.builder("microlift.loader.lag.messages", store, open ->
                        (double) open.lag().messages())
                .description("Messages in the log that are not loaded yet")
                .register(meters);
        Gauge.builder(
                        "microlift.loader.lag.seconds",
                        store,
                        open -> seconds(open.lag().age()))
                .description("Age of the oldest message that is not loaded yet")
                .register(meters);
        Gauge.builder("microlift.loader.working", store, open -> open.state() == Loader.State.LOADING ? 1 : 0)
                .description("1 while messages are loaded, 0 while loading fails or is paused")
                .register(meters);
        Gauge.builder("microlift.store.bytes", store, open -> (double) open.bytes())
                .description("Size of the tables' file and of the sealed files")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder(
                        "microlift.store.watermark.seconds",
                        store,
                        open -> open.watermark().map(LoaderMeters::seconds).orElse(Double.NaN))
                .description("Time of the latest event that is loaded, in seconds since 1970")
                .register(meters);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / MILLIS;
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / MILLIS;
    }
}
