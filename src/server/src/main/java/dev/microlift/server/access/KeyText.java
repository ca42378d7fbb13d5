package dev.microlift.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import dev.microlift.server.document.Sha256;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * A key as its holder knows it: {@code mls_<public id>_<secret><checksum>}. The server keeps only its SHA-256; the secret has
 * 190 random bits, so a slow hash would add nothing. The checksum, the CRC-32 of all before it in six digits of base 62,
 * tells a key from any other text and a whole one from one that was cut or mistyped, without asking the server.
 */
final class KeyText {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 10;
    private static final int SECRET_LENGTH = 32;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern FORM = Pattern.compile("ml[csvea]_[0-9A-Za-z]{10}_[0-9A-Za-z]{7,100}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyText() {}

    static String newId() {
        return random(ID_LENGTH);
    }

    static String compose(Role role, String id) {
        String text = role.prefix() + "_" + id + "_" + random(SECRET_LENGTH);
        return text + checksum(text);
    }

    /** Whether a text is a key of ours that was cut or mistyped on its way. */
    static boolean isDamaged(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        int end = text.length() - CHECKSUM_LENGTH;
        return !checksum(text.substring(0, end)).equals(text.substring(end));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        long rest = crc.getValue();
        char[] digits = new char[CHECKSUM_LENGTH];
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }

    static String hash(String key) {
        return Sha256.hex(key);
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
