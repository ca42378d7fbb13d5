package dev.microlift.openfeature;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records exposures, each once, and events; nobody who calls it waits. */
final class Tracker implements AutoCloseable {

    private final MicroliftOptions options;
    private final boolean recordsExposures;
    private final Outbox outbox;
    private final Sender sender;
    private final SeenExposures seen;

    Tracker(MicroliftOptions options, Endpoint endpoint, SeenExposures seen) {
        this.options = options;
        this.recordsExposures = options.recordExposures();
        this.outbox = new Outbox(options.queueCapacity());
        this.sender = new Sender(options, endpoint, outbox);
        this.seen = seen;
    }

    void start() {
        sender.start();
    }

    /**
     * Whether a unit that sees what it got is to be recorded: of an experiment exactly once, because this remembers it; of other
     * features {@link #record} knows more. Allocates nothing.
     */
    boolean isFirst(FlagAnswer answer, @Nullable String unitId) {
        if (answer instanceof ExperimentAnswer own) {
            return own.exposure() != null
                    && unitId != null
                    && (recordsExposures || own.sticky())
                    && seen.add(Fingerprint.of(own.exposureSeed(), unitId))
                    && recordsExposures;
        }
        return recordsExposures
                && answer instanceof ForeignAnswer foreign
                && !foreign.exposures().isEmpty();
    }

    /** Records what {@link #isFirst}. */
    void record(FlagAnswer answer, @Nullable String unitId, Map<String, ? extends @Nullable Object> attributes) {
        if (answer instanceof ForeignAnswer foreign) {
            foreign.exposures().forEach(exposure -> expose(exposure.kind(), exposure.units(), attributes));
        } else if (answer instanceof ExperimentAnswer own && unitId != null) {
            record(own, unitId, attributes);
        }
    }

    /** What cannot be queued was not seen: the next time may have more luck. */
    private void record(ExperimentAnswer answer, String unitId, Map<String, ? extends @Nullable Object> attributes) {
        ExposureKind kind = answer.exposure();
        if (kind != null && !queue(kind, new UnitIds.One(answer.unitType(), unitId), attributes)) {
            seen.remove(Fingerprint.of(answer.exposureSeed(), unitId));
        }
    }

    /** Records an exposure, if it was not recorded before. */
    void expose(ExposureKind kind, UnitIds units, Map<String, ? extends @Nullable Object> attributes) {
        long fingerprint = kind.seed();
        for (Map.Entry<String, String> unit : units.byType().entrySet()) {
            fingerprint = Fingerprint.of(Fingerprint.of(fingerprint, unit.getKey()), unit.getValue());
        }
        if (seen.add(fingerprint) && recordsExposures && !queue(kind, units, attributes)) {
            seen.remove(fingerprint);
        }
    }

    /** Records an event; without the id of any unit it is nobody's, and rejected. */
    void track(String event, UnitIds units, Map<String, ? extends @Nullable Object> properties) {
        if (units.isEmpty()) {
            outbox.reject();
        } else {
            queue(new Outgoing.Event(event, units, options.clock().millis(), new LinkedHashMap<>(properties)));
        }
    }

    boolean flush(Duration timeout) {
        return sender.flush(timeout);
    }

    SendingStatistics statistics() {
        return outbox.statistics();
    }

    @Override
    public void close() {
        sender.close();
    }

    private boolean queue(ExposureKind kind, UnitIds units, Map<String, ? extends @Nullable Object> attributes) {
        return queue(Outgoing.Exposure.of(kind, units, options.clock().millis(), attributes));
    }

    private boolean queue(Outgoing message) {
        long number = outbox.offer(message);
        if (number > 0 && number % options.batchSize() == 0) {
            sender.wake();
        }
        return number > 0;
    }
}
