package dev.microlift.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token that opens a stream and nothing else: {@code <key id>.<expiry>.<signature>}. All that are issued to a key within
 * one hour are the same, so that a reader that is given another one need not connect again.
 */
final class StreamToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "event stream\n";
    private static final long HOUR = Duration.ofHours(1).toSeconds();
    private static final int SIGNATURE_BYTES = 16;

    private StreamToken() {}

    static SecretKey secret(String text) {
        return new SecretKeySpec(text.getBytes(UTF_8), ALGORITHM);
    }

    /** A token that is good until the end of the next hour. */
    static String issue(SecretKey secret, String keyId, Instant now) {
        long expiry = (now.getEpochSecond() / HOUR + 2) * HOUR;
        String claim = keyId + "." + expiry;
        return claim + "." + signature(secret, claim);
    }

    /** The id of the key that a token was issued to, unless it is forged or expired. */
    static Optional<String> keyId(SecretKey secret, String token, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !isSigned(secret, parts[0] + "." + parts[1], parts[2])) {
            return Optional.empty();
        }
        return now.getEpochSecond() < Long.parseLong(parts[1]) ? Optional.of(parts[0]) : Optional.empty();
    }

    private static boolean isSigned(SecretKey secret, String claim, String signature) {
        return MessageDigest.isEqual(signature(secret, claim).getBytes(UTF_8), signature.getBytes(UTF_8));
    }

    private static String signature(SecretKey secret, String claim) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] signed = Arrays.copyOf(mac.doFinal((PURPOSE + claim).getBytes(UTF_8)), SIGNATURE_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", impossible);
        }
    }
}
