package dev.microlift.server.eventstore;

/** Whether the disk has room for more than what others need to go on. */
@FunctionalInterface
interface FreeSpace {

    boolean isEnough();

    /** Whether it has room for so many bytes more, and may still take messages then. */
    default boolean isEnoughFor(long bytes) {
        return isEnough();
    }
}
