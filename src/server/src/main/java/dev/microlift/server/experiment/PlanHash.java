package dev.microlift.server.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A fingerprint of how an experiment will be analysed: the same plan, the same hash. */
public final class PlanHash {

    private PlanHash() {}

    /** The first 64 bits, in hexadecimal, of the SHA-256 of plan and guardrails. */
    public static String of(Definition definition) {
        ObjectNode analysis = ExperimentWriter.analysis(definition);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(analysis.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
