package dev.microlift.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first 128 bits of a message id's SHA-256. Among a billion ids two share one with probability 10⁻²¹, and nobody can
 * make two that do; in exchange an id takes 16 bytes whatever its length.
 */
final class Fingerprint {

    static final int BYTES = 16;

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Fingerprint::sha256);

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    static Fingerprint of(String messageId) {
        return new Fingerprint(Arrays.copyOf(DIGEST.get().digest(messageId.getBytes(UTF_8)), BYTES));
    }

    /** Its bytes, not copied: they are asked for twice a message by the log's one writer, and only read. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint same && Arrays.equals(bytes, same.bytes);
    }

    /** All bits are equally good. */
    @Override
    public int hashCode() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
