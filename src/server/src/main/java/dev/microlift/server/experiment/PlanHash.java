package dev.microlift.server.experiment;

import dev.microlift.server.document.Sha256;

/** A fingerprint of how an experiment will be analysed: the same plan, the same hash. */
public final class PlanHash {

    private PlanHash() {}

    /** The first 64 bits, in hexadecimal, of the SHA-256 of plan and guardrails. */
    public static String of(Definition definition) {
        return Sha256.hex(ExperimentWriter.analysis(definition).toString()).substring(0, 16);
    }
}
