package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.DiskSpace;

/**
 * The room on the disk that the log is on too. What follows the log may use half of the reserve; a copy, which can wait,
 * uses nothing of it.
 */
record DiskRoom(DiskSpace disk) implements FreeSpace {

    @Override
    public boolean isEnough() {
        return !disk.isNearlyFull();
    }

    @Override
    public boolean isEnoughFor(long bytes) {
        return disk.hasRoomFor(bytes);
    }
}
