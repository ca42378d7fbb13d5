package dev.microlift.server.stream;

import dev.microlift.server.configuration.ConfigurationChanged;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a reader knows of the configuration. */
final class ReaderState {

    /** What a reader evaluated just before it connected may be older than a change of that time. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private long known;

    private ReaderState(long known) {
        this.known = known;
    }

    /**
     * The state of a reader that connects.
     *
     * @param lastEventId what it was told last, if it was connected before
     */
    static ReaderState at(ConfigurationChanged current, @Nullable String lastEventId, Instant now) {
        if (lastEventId != null) {
            return new ReaderState(lastEventId.equals(Long.toString(current.version())) ? current.version() : 0);
        }
        boolean recent = current.at().isAfter(now.minus(RECENT));
        return new ReaderState(recent ? 0 : current.version());
    }

    Signal next(ConfigurationChanged current) {
        if (current.version() <= known) {
            return new Signal.Alive();
        }
        known = current.version();
        return new Signal.Changed(current.version(), current.at());
    }
}
