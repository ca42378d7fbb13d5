package dev.microlift.server.sdkconfig;

import dev.microlift.server.configuration.ConfigurationChanged;
import dev.microlift.server.evaluation.Flag;
import dev.microlift.server.evaluation.Snapshot;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;

/** The SDK configuration of this moment. */
@ApplicationScoped
class Configuration {

    /** After the snapshot is compiled, before anybody hears of the change. */
    private static final int AFTER_SNAPSHOT = 2_700;

    private final Snapshot snapshot;
    private volatile State state =
            new State(Snapshot.Compiled.NOTHING, Payload.of(List.of(), Instant.EPOCH), Instant.EPOCH);

    Configuration(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Everything that belongs to one version.
     *
     * @param updatedAt when the configuration became so
     */
    record State(Snapshot.Compiled compiled, Payload payload, Instant updatedAt) {

        List<Flag> flags() {
            return compiled.listed();
        }
    }

    State current() {
        return state;
    }

    void write(@Observes @Priority(AFTER_SNAPSHOT) ConfigurationChanged change) {
        Snapshot.Compiled compiled = snapshot.current();
        state = new State(compiled, Payload.of(compiled.listed(), change.at()), change.at());
    }
}
