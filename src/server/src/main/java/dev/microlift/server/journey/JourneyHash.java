package dev.microlift.server.journey;

import dev.microlift.server.document.Sha256;

/** A fingerprint of a journey: the same steps, the same hash. */
public final class JourneyHash {

    private JourneyHash() {}

    /** The first 64 bits, in hexadecimal, of the SHA-256 of the journey. */
    public static String of(Journey journey) {
        return Sha256.hex(JourneyWriter.write(journey).toString()).substring(0, 16);
    }
}
