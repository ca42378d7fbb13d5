package dev.microlift.server.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes of units under a secret key: without it nobody can try out which id one belongs to. Two of them, for HMAC-SHA-256
 * is too slow to be asked of every message, and the quick one too weak to decide.
 */
final class UnitHash {

    private static final String ALGORITHM = "HmacSHA256";
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final SecretKeySpec key;
    private final long seed;

    UnitHash(String key) {
        this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
        this.seed = ByteBuffer.wrap(hmac("")).getLong();
    }

    /** The hash that decides: HMAC-SHA-256, in hexadecimal. */
    String of(String unitType, String id) {
        // No type and no id holds NUL, so the two cannot run into each other.
        return HexFormat.of().formatHex(hmac(unitType + '\0' + id));
    }

    /** One that takes some nanoseconds. */
    long quick(String unitType, String id) {
        return mixed(mixed(seed, unitType) * ODD, id);
    }

    private static long mixed(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * ODD;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
