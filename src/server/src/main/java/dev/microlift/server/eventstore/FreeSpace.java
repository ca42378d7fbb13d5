package dev.microlift.server.eventstore;

/** Whether the disk has room for more than what others need to go on. */
interface FreeSpace {

    boolean isEnough();
}
