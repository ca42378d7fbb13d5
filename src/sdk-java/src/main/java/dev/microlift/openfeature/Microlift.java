package dev.microlift.openfeature;

import dev.microlift.assignment.EvaluationContext;
import dev.openfeature.sdk.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The direct client: assigns units without a word to the server, records what they have seen, and sends what they do.
 * Safe for use by many threads; after the start no method waits, except {@link #flush} and {@link #close}.
 *
 * <p>A unit is whom the experiment is about. Its id is the user's, unless the experiment has another unit type; such
 * ids ride in the attributes under the type's name ({@code "account": "a9"}).
 *
 * <p>Features in GrowthBook's format that no server of ours made are evaluated too, as that format is published: forced
 * values, rollouts and experiments, whose exposures are recorded likewise. There the user's id is the attribute
 * {@code id}; an experiment on certain pages is not entered, because no page is known here.
 *
 * <p>In a sticky experiment a unit that this process has exposed keeps its variant when targeting later excludes it,
 * for as long as the exposure is remembered ({@link MicroliftOptions#exposureMemory}); other processes do not know of
 * it.
 */
public final class Microlift implements AutoCloseable {

    private final Endpoint endpoint;
    private final ConfigurationStore store;
    private final Refresher refresher;
    private final Tracker tracker;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Microlift(MicroliftOptions options) {
        endpoint = new Endpoint(options);
        SeenExposures seen = new SeenExposures(options.exposureMemory());
        store = new ConfigurationStore(options, seen);
        refresher = new Refresher(options, endpoint, store);
        tracker = new Tracker(options, endpoint, seen);
    }

    /**
     * Starts a client and waits for its configuration, at most {@link MicroliftOptions#startTimeout}. If the server
     * does not answer, the client starts with what was kept or given, or with nothing, and keeps trying.
     */
    public static Microlift start(MicroliftOptions options) {
        Microlift microlift = new Microlift(options);
        microlift.begin();
        return microlift;
    }

    void begin() {
        if (begun.compareAndSet(false, true)) {
            tracker.start();
            refresher.start();
            store.useKept();
        }
    }

    ConfigurationStore store() {
        return store;
    }

    Tracker tracker() {
        return tracker;
    }

    /** Whether there is a configuration, be it an old one. */
    public boolean isReady() {
        return store.flags() != null;
    }

    /** Whether the server has confirmed the configuration lately. */
    public boolean isFresh() {
        return store.isFresh();
    }

    /**
     * What a unit gets of an experiment. To be called when it is shown: it records the exposure, once.
     *
     * @param unit the user's id
     * @param attributes what targeting may ask for: texts, numbers, truth values, lists, maps
     */
    public Assigned assign(String experiment, String unit, Map<String, ? extends @Nullable Object> attributes) {
        Flags flags = store.flags();
        if (flags == null) {
            return Assigned.failed(experiment, ErrorCode.PROVIDER_NOT_READY);
        }
        Flag flag = flags.find(experiment);
        if (flag == null) {
            return Assigned.failed(experiment, ErrorCode.FLAG_NOT_FOUND);
        }
        String unitId = EvaluationContext.unitIdOrNull(flag.unitType(), unit, attributes);
        FlagAnswer answer = flag.answerFor(unitId, unit, attributes);
        if (tracker.isFirst(answer, unitId)) {
            tracker.record(answer, unitId, attributes);
        }
        return answer.assigned();
    }

    /** What a unit gets of every experiment; records nothing, since nothing is shown yet. */
    public Assignments assignAll(String unit, Map<String, ? extends @Nullable Object> attributes) {
        Flags flags = store.flags();
        return flags == null ? Assignments.NONE : flags.assign(unit, attributes);
    }

    /**
     * Sends what a user did.
     *
     * @param properties of the event; a journey's value is one of them
     */
    public void track(String event, String unit, Map<String, ? extends @Nullable Object> properties) {
        track(event, unit, Map.of(), properties);
    }

    /**
     * Sends what a unit did.
     *
     * @param unit the user's id
     * @param attributes where ids of other unit types are found, as in {@link #assign}
     * @param properties of the event
     */
    public void track(
            String event,
            @Nullable String unit,
            Map<String, ? extends @Nullable Object> attributes,
            Map<String, ? extends @Nullable Object> properties) {
        Flags flags = store.flags();
        Set<String> types = flags == null ? Set.of() : flags.unitTypes();
        tracker.track(event, UnitIds.of(unit, attributes, types), properties);
    }

    /** Sends what waits; false if not all of it was acknowledged or refused in time. */
    public boolean flush(Duration timeout) {
        return tracker.flush(timeout);
    }

    /** What became of exposures and events. */
    public SendingStatistics statistics() {
        return tracker.statistics();
    }

    /** Sends what waits, within {@link MicroliftOptions#closeTimeout}, and ends all threads. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            refresher.close();
            tracker.close();
            endpoint.close();
        }
    }
}
