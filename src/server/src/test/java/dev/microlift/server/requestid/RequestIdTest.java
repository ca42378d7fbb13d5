package dev.microlift.server.requestid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7f3c-4.B_9", "0123456789abcdef0123456789abcdef"})
    void whatACallerGivesIsKept(String given) {
        assertThat(RequestId.of(given)).isEqualTo(given);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a\"b", "{a}", "ä", "%00"})
    void whatCannotStandInALogIsReplaced(String given) {
        assertThat(RequestId.of(given)).matches("[0-9a-f]{16}");
    }

    @Test
    void anIdIsBounded() {
        assertThat(RequestId.of("x".repeat(128))).hasSize(128);
        assertThat(RequestId.of("x".repeat(129))).hasSize(16);
    }

    @Test
    void outsideOfARequestThereIsNone() {
        assertThat(RequestId.current()).isEmpty();
    }
}
