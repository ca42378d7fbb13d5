package dev.microlift.server.eventstore;

import java.nio.file.Path;

/** The folder of sealed files. */
final class SealedFolder {

    private SealedFolder() {}

    static Path of(Path directory) {
        return directory.resolve("events");
    }
}
