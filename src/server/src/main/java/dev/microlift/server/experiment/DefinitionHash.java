package dev.microlift.server.experiment;

import dev.microlift.server.document.Sha256;

/** A fingerprint of everything that people wrote about an experiment. */
public final class DefinitionHash {

    private DefinitionHash() {}

    /** The first 64 bits, in hexadecimal, of the SHA-256 of the definition. */
    public static String of(Definition definition) {
        return Sha256.hex(ExperimentWriter.write(definition).toString()).substring(0, 16);
    }
}
