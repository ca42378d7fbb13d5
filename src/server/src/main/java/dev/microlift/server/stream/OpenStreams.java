package dev.microlift.server.stream;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.access.KeyRing;
import dev.microlift.server.configuration.ConfigurationChanged;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every stream that is open on this node. */
@ApplicationScoped
public class OpenStreams {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private final KeyRing keys;
    private final StreamSettings settings;
    private final Clock clock;
    private volatile ConfigurationChanged current = new ConfigurationChanged(0, Instant.EPOCH);

    OpenStreams(KeyRing keys, StreamSettings settings, Clock clock, MeterRegistry meters) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
        meters.gaugeCollectionSize("microlift.streams.open", List.of(), open);
    }

    /**
     * Opens a stream. It ends when its key does.
     *
     * @param lastEventId the version that the reader was told last, if it was connected before
     * @param request that asks for it; its connection is cut if nobody reads
     * @throws ProblemException if too many are open already
     */
    public Multi<Signal> open(KeyHolder holder, @Nullable String lastEventId, HttpServerRequest request) {
        if (open.size() >= settings.max()) {
            throw ProblemException.retry(
                    ErrorCode.UNAVAILABLE, "too many streams are open on this server", RETRY_AFTER);
        }
        // A proxy that gathers the answer before it passes it on would keep everything from the reader.
        request.response().putHeader("X-Accel-Buffering", "no").putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        ReaderState state = ReaderState.at(current, lastEventId, clock.instant());
        return Multi.createFrom()
                .<ConfigurationChanged>emitter(
                        emitter -> {
                            OpenStream stream = new OpenStream(holder.keyId(), emitter, request.connection()::close);
                            open.add(stream);
                            emitter.onTermination(() -> open.remove(stream));
                            stream.tell(current);
                        },
                        BackPressureStrategy.LATEST)
                .map(state::next);
    }

    /** After everything that reads the configuration: who is told asks at once. */
    void announce(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ConfigurationChanged change) {
        current = change;
        endForeign();
        open.forEach(stream -> stream.tell(change));
    }

    @Scheduled(every = "20s")
    void beat() {
        endForeign();
        open.forEach(stream -> stream.beat(current));
    }

    /** Keys may be revoked, and may expire without any change. */
    private void endForeign() {
        open.stream().filter(stream -> keys.findById(stream.keyId()).isEmpty()).forEach(OpenStream::end);
    }

    /** Before the server waits for requests to end: these would not. */
    void endAll(@Observes ShutdownDelayInitiatedEvent stop) {
        open.forEach(OpenStream::end);
    }
}
