package dev.microlift.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;

class StreamTokenTest {

    private static final SecretKey SECRET = StreamToken.secret("a secret");
    private static final Instant NOW = Instant.parse("2026-01-31T08:10:00Z");

    private final String token = StreamToken.issue(SECRET, "key1", NOW);

    @Test
    void aTokenNamesItsKeyUntilTheEndOfTheNextHour() {
        assertThat(StreamToken.keyId(SECRET, token, NOW)).hasValue("key1");
        assertThat(StreamToken.keyId(SECRET, token, Instant.parse("2026-01-31T09:59:59Z")))
                .hasValue("key1");
        assertThat(StreamToken.keyId(SECRET, token, Instant.parse("2026-01-31T10:00:00Z")))
                .isEmpty();
    }

    @Test
    void withinAnHourTheTokenStaysTheSame() {
        assertThat(StreamToken.issue(SECRET, "key1", NOW.plus(Duration.ofMinutes(49))))
                .isEqualTo(token);
        assertThat(StreamToken.issue(SECRET, "key1", NOW.plus(Duration.ofMinutes(50))))
                .isNotEqualTo(token);
    }

    @Test
    void anotherSecretDoesNotKnowIt() {
        assertThat(StreamToken.keyId(StreamToken.secret("another"), token, NOW)).isEmpty();
    }

    @Test
    void whatWasChangedOrIsNoTokenIsRefused() {
        String[] parts = token.split("\\.");
        String later = Long.toString(Long.parseLong(parts[1]) + 1);

        for (String forged : new String[] {
            "",
            ".",
            "..",
            "key1",
            token + ".",
            token.substring(0, token.length() - 1),
            "key2." + parts[1] + "." + parts[2],
            "key1." + later + "." + parts[2],
            "key1..nothing"
        }) {
            assertThat(StreamToken.keyId(SECRET, forged, NOW)).as(forged).isEmpty();
        }
    }
}
