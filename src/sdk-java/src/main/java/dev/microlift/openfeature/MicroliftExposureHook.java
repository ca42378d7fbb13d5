package dev.microlift.openfeature;

import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records exposures for applications that evaluate with another provider against this server, such as OpenFeature's own
 * for remote evaluation: {@code api.addHooks(hook)}. Not for use with {@link MicroliftProvider}, which records its own.
 */
public final class MicroliftExposureHook implements Hook<Object>, AutoCloseable {

    private final Endpoint endpoint;
    private final Tracker tracker;
    private final Set<String> unitTypes;

    /** For experiments on users and anonymous visitors. */
    public MicroliftExposureHook(MicroliftOptions options) {
        this(options, Set.of());
    }

    /** @param unitTypes other unit types, whose ids are attributes under the type's name */
    public MicroliftExposureHook(MicroliftOptions options, Set<String> unitTypes) {
        this.unitTypes = Set.copyOf(unitTypes);
        this.endpoint = new Endpoint(options);
        this.tracker = new Tracker(options, endpoint, new SeenExposures(options.exposureMemory()));
        tracker.start();
    }

    @Override
    public void after(HookContext<Object> context, FlagEvaluationDetails<Object> details, Map<String, Object> hints) {
        String variant = details.getVariant();
        Map<String, Object> metadata = details.getFlagMetadata() == null
                ? Map.of()
                : details.getFlagMetadata().asUnmodifiableMap();
        if (variant == null
                || !Boolean.TRUE.equals(metadata.get("inExperiment"))
                || Boolean.TRUE.equals(metadata.get("exposureLogged"))
                || !(metadata.get("experiment") instanceof String experiment)) {
            return;
        }
        Map<String, @Nullable Object> attributes = new ContextAttributes(context.getCtx());
        UnitIds units = UnitIds.of(context.getCtx().getTargetingKey(), attributes, unitTypes);
        if (!units.isEmpty()) {
            String run = "version " + metadata.get("version");
            tracker.expose(new ExposureKind(experiment, run, variant), units, attributes);
        }
    }

    /** Sends what waits; false if not all of it was acknowledged or refused in time. */
    public boolean flush(Duration timeout) {
        return tracker.flush(timeout);
    }

    /** What became of the exposures. */
    public SendingStatistics statistics() {
        return tracker.statistics();
    }

    /** Sends what waits, within {@link MicroliftOptions#closeTimeout}, and ends all threads. */
    @Override
    public void close() {
        tracker.close();
        endpoint.close();
    }
}
