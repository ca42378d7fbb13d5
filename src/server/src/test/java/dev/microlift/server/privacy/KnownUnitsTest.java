package dev.microlift.server.privacy;

import static dev.microlift.server.eventlog.MessageBuilder.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownUnitsTest {

    private static final UnitHash HASHES = new UnitHash("a key of tests");
    private static final KnownUnits ERIKA = new KnownUnits(
            HASHES,
            new long[] {HASHES.quick("user", "erika"), HASHES.quick("account", "a 9")},
            Set.of(HASHES.of("user", "erika"), HASHES.of("account", "a 9")),
            Set.of("user", "account"));

    @Test
    void theHashIsHmacSha256OfTypeAndId() {
        // Computed by Python: hmac.new(b"a key of tests", b"user\0erika", "sha256").hexdigest()
        assertThat(HASHES.of("user", "erika"))
                .isEqualTo("de300c68db40116dc23bd46ae3d47cfc7193dcda5e41702ce2bc62d1e70a952d");
        assertThat(HASHES.of("user", "erika")).isNotEqualTo(HASHES.of("anonymous", "erika"));
        assertThat(new UnitHash("another key").of("user", "erika")).isNotEqualTo(HASHES.of("user", "erika"));
    }

    @Test
    void quickHashesTellAHundredThousandIdsApart() {
        assertThat(IntStream.range(0, 100_000)
                        .mapToLong(i -> HASHES.quick("user", "u" + i))
                        .distinct()
                        .count())
                .isEqualTo(100_000);
    }

    @Test
    void aUnitIsKnownByItsTypeAndId() {
        assertThat(ERIKA.concerns(message("m").user("erika").build())).isTrue();
        assertThat(ERIKA.concerns(message("m")
                        .user("other")
                        .units(Map.of("account", "a 9"))
                        .build()))
                .isTrue();
        assertThat(ERIKA.concerns(message("m").visitor("erika").build())).isFalse();
        assertThat(ERIKA.concerns(message("m").user("erika2").build())).isFalse();
    }

    @Test
    void anAliasOfAKnownUnitConcernsIt() {
        assertThat(ERIKA.concerns(message("m")
                        .kind(Kind.ALIAS)
                        .event("alias")
                        .user("new")
                        .properties("{\"previousId\": \"erika\"}")
                        .build()))
                .isTrue();
        assertThat(ERIKA.concerns(message("m")
                        .user("new")
                        .properties("{\"previousId\": \"erika\"}")
                        .build()))
                .isFalse();
    }

    @Test
    void aTextOfAnyFormatThatHasTheIdAsAValueMentionsIt() {
        assertThat(ERIKA.isMentionedIn("{\"userId\": \"erika\", broken")).isTrue();
        assertThat(ERIKA.isMentionedIn("{\"userId\": \"\\u0065rika\"}")).isTrue();
        assertThat(ERIKA.isMentionedIn("{\"account\": \"a 9\"}")).isTrue();
        assertThat(ERIKA.isMentionedIn("track,erika,2030-01-01")).isTrue();
        assertThat(ERIKA.isMentionedIn("{\"userId\": \"erikas\"}")).isFalse();
        assertThat(ERIKA.isMentionedIn("")).isFalse();
    }

    @Test
    void aTextIsLookedThroughHoweverLongItsValuesAre() {
        String letters = "x".repeat(100_000);
        String escapes = "\\\\n".repeat(100_000);

        assertThat(ERIKA.isMentionedIn("{\"note\": \"" + letters + escapes + "\", \"userId\": \"erika\"}"))
                .isTrue();
        assertThat(ERIKA.isMentionedIn("{\"userId\": \"other\", \"note\": \"" + letters + escapes))
                .isFalse();
    }

    @Test
    void nobodyIsKnownOfNone() {
        KnownUnits none = new KnownUnits(HASHES, new long[0], Set.of(), Set.of());

        assertThat(none.concerns(message("m").user("erika").build())).isFalse();
        assertThat(none.isMentionedIn("erika")).isFalse();
    }
}
