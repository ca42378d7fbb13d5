package dev.microlift.server.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NonAsciiIdsTest {

    private final NonAsciiIds ids = new NonAsciiIds();

    @Test
    void theFirstIdWithOtherCharactersIsWarnedOfAndNoOther() {
        assertThat(ids.look("user-1")).isFalse();
        assertThat(ids.look("jürgen")).isTrue();
        assertThat(ids.look("☕")).isFalse();
    }
}
