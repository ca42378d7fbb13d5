package dev.microlift.server.unitfacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A fact in 64 bits: the first of a SHA-256. */
public record FactId(long bits) {

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(FactId::sha256);

    static FactId of(String... parts) {
        // Keys, types and JSON hold no control characters, so the parts cannot run into each other.
        return new FactId(hash(String.join("\n", parts)));
    }

    /**
     * A text in 64 bits, for units too: among a hundred million of them one that did nothing passes for another with
     * probability 10⁻¹¹.
     */
    static long hash(String text) {
        return ByteBuffer.wrap(DIGEST.get().digest(text.getBytes(UTF_8))).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
