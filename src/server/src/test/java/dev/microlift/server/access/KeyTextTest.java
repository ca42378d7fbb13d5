package dev.microlift.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTextTest {

    private final String key = KeyText.compose(Role.SERVER, "0123456789");

    @Test
    void aKeyHasThePrefixOfItsRoleItsPublicIdAndASecretWithChecksum() {
        assertThat(key).matches("mls_0123456789_[0-9A-Za-z]{38}");
        assertThat(KeyText.isDamaged(key)).isFalse();
    }

    @Test
    void aKeyThatWasCutOrMistypedIsKnownForOne() {
        char last = key.charAt(key.length() - 1);
        String mistyped = key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0');

        assertThat(KeyText.isDamaged(mistyped)).isTrue();
        assertThat(KeyText.isDamaged(key.substring(0, key.length() - 3))).isTrue();
    }

    @Test
    void anyOtherTextIsNoDamagedKey() {
        assertThat(KeyText.isDamaged("a chosen key of more than 32 characters")).isFalse();
    }
}
