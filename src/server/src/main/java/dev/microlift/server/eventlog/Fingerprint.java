package dev.microlift.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of a message id's SHA-256. Among a billion ids two share one with probability 10⁻²¹, and nobody can
 * make two that do; in exchange an id takes 16 bytes whatever its length.
 */
record Fingerprint(long high, long low) {

    static final int BYTES = 2 * Long.BYTES;

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Fingerprint::sha256);

    static Fingerprint of(String messageId) {
        ByteBuffer digest = ByteBuffer.wrap(DIGEST.get().digest(messageId.getBytes(UTF_8)));
        return new Fingerprint(digest.getLong(), digest.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
