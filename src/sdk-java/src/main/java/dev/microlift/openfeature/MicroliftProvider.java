package dev.microlift.openfeature;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.GeneralError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenFeature's provider: evaluates in the process, answers what the server's remote evaluation would answer, and
 * records an exposure when a unit in an experiment gets its value. The targeting key is the user's id; ids of other
 * unit types are attributes under the type's name.
 *
 * <p>It is ready as soon as it has a configuration. Started without an answer of the server, from a bootstrap or the
 * copy on disk, it becomes stale with the next failed attempt and ready again once the server confirms. Without any
 * configuration the initialisation fails, and the provider becomes ready when the server answers. A provider that was
 * shut down cannot be used again.
 */
public final class MicroliftProvider extends EventProvider {

    private static final Metadata METADATA = () -> "microlift";

    private final Microlift microlift;
    private final ConfigurationStore store;
    private final Tracker tracker;
    private volatile boolean initialised;

    public MicroliftProvider(MicroliftOptions options) {
        microlift = new Microlift(options);
        store = microlift.store();
        tracker = microlift.tracker();
        store.listen(new Announcer());
    }

    /** The direct client on the same configuration and queue. */
    public Microlift microlift() {
        return microlift;
    }

    @Override
    public Metadata getMetadata() {
        return METADATA;
    }

    /** None; asked for at each evaluation, for which the interface would make a new list. */
    @Override
    @SuppressWarnings("rawtypes") // so the interface has it
    public List<Hook> getProviderHooks() {
        return List.of();
    }

    @Override
    public void initialize(@Nullable EvaluationContext context) {
        microlift.begin();
        initialised = true;
        if (!microlift.isReady()) {
            throw new GeneralError("no configuration: " + store.lastFailure());
        }
    }

    @Override
    public void shutdown() {
        microlift.close();
        super.shutdown();
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(
            String key, Boolean defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, ValueType.BOOLEAN);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(
            String key, String defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, ValueType.STRING);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(
            String key, Integer defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, ValueType.INTEGER);
    }

    @Override
    public ProviderEvaluation<Long> getLongEvaluation(
            String key, Long defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, ValueType.LONG);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(
            String key, Double defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, ValueType.DOUBLE);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(
            String key, Value defaultValue, @Nullable EvaluationContext context) {
        return evaluate(key, defaultValue, context, ValueType.OBJECT);
    }

    @Override
    public void track(String event, @Nullable EvaluationContext context, @Nullable TrackingEventDetails details) {
        Map<String, @Nullable Object> properties =
                details == null ? new LinkedHashMap<>() : ContextAttributes.plain(details);
        if (details != null) {
            details.getValue().ifPresent(value -> properties.put("value", value));
        }
        microlift.track(event, targetingKey(context), attributes(context), properties);
    }

    private <T> ProviderEvaluation<T> evaluate(
            String key, @Nullable T defaultValue, @Nullable EvaluationContext context, ValueType<T> type) {
        Flags flags = store.flags();
        if (flags == null) {
            return failed(defaultValue, ErrorCode.PROVIDER_NOT_READY, "there is no configuration yet");
        }
        Flag flag = flags.find(key);
        if (flag == null) {
            return failed(defaultValue, ErrorCode.FLAG_NOT_FOUND, "there is no flag with this key");
        }
        String unitId = unitId(flag, context);
        FlagAnswer answer = flag.needsIdAlone()
                ? flag.answerFor(unitId, null, Map.of())
                : flag.answerFor(unitId, targetingKey(context), attributes(context));
        ProviderEvaluation<T> evaluation = answer.evaluation(type, defaultValue);
        if (evaluation == null) {
            ErrorCode error = answer.assigned().error().orElse(ErrorCode.TYPE_MISMATCH);
            return failed(defaultValue, error, message(error));
        }
        if (tracker.isFirst(answer, unitId)) {
            tracker.record(answer, unitId, attributes(context));
        }
        return evaluation;
    }

    private static String message(ErrorCode code) {
        return switch (code) {
            case TYPE_MISMATCH -> "the value is of another type";
            case TARGETING_KEY_MISSING -> "the experiment is on users: a targetingKey is needed";
            default -> "the features that this one depends on depend on it";
        };
    }

    private static <T> ProviderEvaluation<T> failed(@Nullable T defaultValue, ErrorCode code, String message) {
        return ProviderEvaluation.<T>builder()
                .value(defaultValue)
                .reason(Assigned.ERROR)
                .errorCode(code)
                .errorMessage(message)
                .build();
    }

    /** Each question costs a search through four contexts, so only what is needed is asked for. */
    private static @Nullable String unitId(Flag flag, @Nullable EvaluationContext context) {
        if (context == null) {
            return null;
        }
        Object attribute = ContextAttributes.plain(context.getValue(flag.unitType()));
        return flag.unitId(attribute, context.getTargetingKey());
    }

    private static @Nullable String targetingKey(@Nullable EvaluationContext context) {
        return context == null ? null : context.getTargetingKey();
    }

    private static Map<String, @Nullable Object> attributes(@Nullable EvaluationContext context) {
        return context == null ? Map.of() : new ContextAttributes(context);
    }

    /** Tells OpenFeature, which itself announces how the initialisation ended. */
    private final class Announcer implements ConfigurationListener {

        @Override
        public void onChange(Set<String> changed) {
            if (initialised) {
                emitProviderConfigurationChanged(ProviderEventDetails.builder()
                        .flagsChanged(List.copyOf(changed))
                        .build());
            }
        }

        @Override
        public void onFresh() {
            if (initialised) {
                emitProviderReady(ProviderEventDetails.builder()
                        .message("the server has confirmed the configuration")
                        .build());
            }
        }

        @Override
        public void onStale(String reason) {
            if (initialised) {
                emitProviderStale(ProviderEventDetails.builder().message(reason).build());
            }
        }

        @Override
        public void onMissing(String reason) {
            if (initialised) {
                emitProviderError(ProviderEventDetails.builder()
                        .message(reason)
                        .errorCode(ErrorCode.GENERAL)
                        .build());
            }
        }
    }
}
