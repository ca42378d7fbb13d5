package dev.microlift.server.eventstore;

/** Whether the disk has room for more than what others need to go on. */
@FunctionalInterface
interface FreeSpace {

    boolean isEnough();
}
