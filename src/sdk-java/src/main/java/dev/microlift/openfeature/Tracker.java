package dev.microlift.openfeature;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records exposures, each once, and events; nobody who calls it waits. */
final class Tracker implements AutoCloseable {

    private static final String TARGETING_KEY = "targetingKey";

    private final MicroliftOptions options;
    private final Outbox outbox;
    private final Sender sender;
    private final SeenExposures seen;

    Tracker(MicroliftOptions options, Endpoint endpoint, SeenExposures seen) {
        this.options = options;
        this.outbox = new Outbox(options.queueCapacity());
        this.sender = new Sender(options, endpoint, outbox);
        this.seen = seen;
    }

    void start() {
        sender.start();
    }

    /** Records that a unit has seen what it got, if that is an exposure and was not recorded before. */
    void expose(FlagAnswer answer, @Nullable String unitId, Map<String, ? extends @Nullable Object> attributes) {
        if (answer instanceof ExperimentAnswer experiment) {
            expose(experiment, unitId, attributes);
        } else if (answer instanceof ForeignAnswer foreign && options.recordExposures()) {
            foreign.exposures().forEach(exposure -> expose(exposure.kind(), exposure.units(), attributes));
        }
    }

    private void expose(
            ExperimentAnswer answer, @Nullable String unitId, Map<String, ? extends @Nullable Object> attributes) {
        ExposureKind kind = answer.exposure();
        if (kind == null || unitId == null || !options.recordExposures() && !answer.sticky()) {
            return;
        }
        long fingerprint = Fingerprint.of(answer.exposureSeed(), unitId);
        if (!seen.contains(fingerprint)) {
            expose(kind, fingerprint, UnitIds.of(answer.unitType(), unitId), attributes);
        }
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
                && options.recordExposures()
                && !queue(new Outgoing.Exposure(kind, units, options.clock().millis(), scalars(attributes, units)))) {
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

    /** Names and values in turn, of what fits into one cell; the ids stand in the message already. */
    private static List<Object> scalars(Map<String, ? extends @Nullable Object> attributes, UnitIds units) {
        if (attributes.isEmpty()) {
            return List.of();
        }
        Object[] pairs = new Object[2 * attributes.size()];
        int filled = 0;
        for (Map.Entry<String, ? extends @Nullable Object> attribute : attributes.entrySet()) {
            Object value = attribute.getValue();
            if (value != null
                    && filled < pairs.length
                    && PlainJson.isScalar(value)
                    && !attribute.getKey().equals(TARGETING_KEY)
                    && !units.byType().containsKey(attribute.getKey())) {
                pairs[filled++] = attribute.getKey();
                pairs[filled++] = value;
            }
        }
        return Arrays.asList(filled == pairs.length ? pairs : Arrays.copyOf(pairs, filled));
    }
}
