package dev.microlift.server.simulator;

import org.jspecify.annotations.Nullable;

/** Why the run cannot go on, in one sentence for whoever started it. */
final class SimulationException extends RuntimeException {

    SimulationException(String message) {
        super(message);
    }

    SimulationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
