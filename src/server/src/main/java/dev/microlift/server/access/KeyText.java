package dev.microlift.server.access;

import dev.microlift.server.document.Sha256;
import java.security.SecureRandom;

/**
 * A key as its holder knows it: {@code mls_<public id>_<secret>}. The server keeps only its SHA-256; the secret has 190
 * random bits, so a slow hash would add nothing.
 */
final class KeyText {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 10;
    private static final int SECRET_LENGTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyText() {}

    static String newId() {
        return random(ID_LENGTH);
    }

    static String compose(Role role, String id) {
        return role.prefix() + "_" + id + "_" + random(SECRET_LENGTH);
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
