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

    /** Records that a unit has seen what it got, if that is an exposure and was not recorded before. */
    void expose(FlagAnswer answer, @Nullable String unitId, Map<String, ? extends @Nullable Object> attributes) {
        if (!isNew(answer, unitId)) {
            return;
        }
        if (answer instanceof ForeignAnswer foreign) {
            foreign.exposures().forEach(exposure -> expose(exposure.kind(), exposure.units(), attributes));
        } else if (answer instanceof ExperimentAnswer own && own.exposure() != null && unitId != null) {
            long fingerprint = Fingerprint.of(own.exposureSeed(), unitId);
            expose(own.exposure(), fingerprint, new UnitIds.One(own.unitType(), unitId), attributes);
        }
    }

    /** Whether seeing this may be an exposure that was not recorded yet; for experiments exactly, and at little cost. */
    boolean isNew(FlagAnswer answer, @Nullable String unitId) {
        if (answer instanceof ExperimentAnswer own) {
            return own.exposure() != null
                    && unitId != null
                    && (recordsExposures || own.sticky())
                    && !seen.contains(Fingerprint.of(own.exposureSeed(), unitId));
        }
        return recordsExposures
                && answer instanceof ForeignAnswer foreign
                && !foreign.exposures().isEmpty();
    }

    /** Records an exposure, if it was not recorded before. */
    void expose(ExposureKind kind, UnitIds units, Map<String, ? extends @Nullable Object> attributes) {
        long fingerprint = kind.seed();
        for (Map.Entry<String, String> unit : units.byType().entrySet()) {
            fingerprint = Fingerprint.of(Fingerprint.of(fingerprint, unit.getKey()), unit.getValue());
        }
        expose(kind, fingerprint, units, attributes);
    }

    /** An exposure that could not be queued is not seen: the next time may have more luck. */
    private void expose(
            ExposureKind kind, long fingerprint, UnitIds units, Map<String, ? extends @Nullable Object> attributes) {
        if (seen.add(fingerprint)
                && recordsExposures
                && !queue(Outgoing.Exposure.of(kind, units, options.clock().millis(), attributes))) {
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

    private boolean queue(Outgoing message) {
        long number = outbox.offer(message);
        if (number > 0 && number % options.batchSize() == 0) {
            sender.wake();
        }
        return number > 0;
    }
}
