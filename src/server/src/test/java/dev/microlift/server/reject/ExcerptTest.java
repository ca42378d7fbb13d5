package dev.microlift.server.reject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    private static String of(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Excerpt.of(bytes, 0, bytes.length);
    }

    @Test
    void aShortMessageIsShownAsItCame() {
        assertThat(of("{\"userId\": \"grüße 🎉\"}")).isEqualTo("{\"userId\": \"grüße 🎉\"}");
        assertThat(Excerpt.of("abcdef".getBytes(UTF_8), 2, 3)).isEqualTo("cde");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"writeKey\": \"secret-of-mine\", \"x\": 1}",
                "{\"writeKey\":\n\t\"secret-of-mine\"}",
                "{\"writeKey\": \"\\\"secret-of-mine",
                "[mls_0123456789_secretofmine0123456789secretofmine]"
            })
    void keysAreMaskedEvenInWhatIsNoJson(String text) {
        assertThat(of(text)).doesNotContain("secret").contains("***");
    }

    @Test
    void aKeyAtTheEndOfWhatIsShownIsMaskedToo() {
        assertThat(of("x".repeat(Excerpt.BYTES - 30) + "mls_0123456789_secretofmine0123456789secretofmine"))
                .doesNotContain("secret");
    }

    @Test
    void whatTheDatabaseRefusesIsReplaced() {
        assertThat(Excerpt.of(new byte[] {'a', 0, (byte) 0xff, 'b'}, 0, 4)).isEqualTo("a\ufffd\ufffdb");
        assertThat(Excerpt.storable("a\ud800b\udc00", 10)).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void aLongMessageIsCut() {
        assertThat(of("x".repeat(1_000_000))).hasSize(Excerpt.BYTES);
    }
}
