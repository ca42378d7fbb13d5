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
    private volatile State state = new State(List.of(), Payload.of(List.of(), Instant.EPOCH), Instant.EPOCH);

    Configuration(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Everything that belongs to one version.
     *
     * @param updatedAt when the configuration became so
     */
    record State(List<Flag> flags, Payload payload, Instant updatedAt) {}

    State current() {
        return state;
    }

    void write(@Observes @Priority(AFTER_SNAPSHOT) ConfigurationChanged change) {
        List<Flag> flags = snapshot.current().listed();
        state = new State(flags, Payload.of(flags, change.at()), change.at());
    }
}
