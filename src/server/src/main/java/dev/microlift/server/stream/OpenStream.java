package dev.microlift.server.stream;

import dev.microlift.server.configuration.ConfigurationChanged;
import io.smallrye.mutiny.subscription.MultiEmitter;

/**
 * A reader that is connected. It is given the configuration's state rather than news of it: what a slow reader has not
 * taken yet is replaced by the next state, so at most one waits.
 */
final class OpenStream {

    private final String keyId;
    private final MultiEmitter<? super ConfigurationChanged> reader;
    private final Runnable hangUp;
    private boolean missedABeat;

    OpenStream(String keyId, MultiEmitter<? super ConfigurationChanged> reader, Runnable hangUp) {
        this.keyId = keyId;
        this.reader = reader;
        this.hangUp = hangUp;
    }

    String keyId() {
        return keyId;
    }

    void tell(ConfigurationChanged state) {
        reader.emit(state);
    }

    /** Tells that the stream is alive. Who takes nothing from one beat to the next has stopped reading. */
    void beat(ConfigurationChanged state) {
        boolean waiting = reader.requested() > 0;
        if (!waiting && missedABeat) {
            hangUp.run();
            return;
        }
        missedABeat = !waiting;
        tell(state);
    }

    void end() {
        reader.complete();
    }
}
