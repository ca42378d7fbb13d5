package dev.microlift.server.experiment;

import java.time.Instant;

/**
 * A bucket space that experiments share: each owns a range of it, so that no unit is in two of them.
 *
 * @param seed of the hash that places units in the space
 * @param version grows with every change
 */
record Layer(Definition definition, String seed, int version, Instant createdAt, Instant updatedAt) {

    /** What people write about it. */
    record Definition(String key, String name, String unitType) {}

    String key() {
        return definition.key();
    }

    String unitType() {
        return definition.unitType();
    }
}
