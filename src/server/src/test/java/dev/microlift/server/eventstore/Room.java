package dev.microlift.server.eventstore;

import java.util.concurrent.atomic.AtomicLong;

/** A disk that has as much room as a test says. */
record Room(AtomicLong bytes) implements FreeSpace {

    @Override
    public boolean isEnough() {
        return true;
    }

    @Override
    public boolean isEnoughFor(long wanted) {
        return wanted <= bytes.get();
    }
}
