package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

    private static final Fingerprint ID = Fingerprint.of("m-1");

    @Test
    void anIdIsRememberedForSevenWholeDaysAndForgottenWithItsDay() {
        SeenIds seen = new SeenIds();
        Instant lastMoment = Instant.parse("2026-05-20T23:59:59.999Z");
        seen.add(ID, lastMoment);

        seen.expire(lastMoment.plus(Duration.ofDays(7)));
        assertThat(seen.contains(ID)).isTrue();

        seen.expire(lastMoment.plus(Duration.ofDays(7)).plusMillis(1));
        assertThat(seen.contains(ID)).isFalse();
    }

    @Test
    void aClockThatGoesBackForgetsNothing() {
        SeenIds seen = new SeenIds();
        seen.add(ID, NOON);

        seen.expire(NOON.minus(Duration.ofDays(30)));

        assertThat(seen.contains(ID)).isTrue();
    }

    @Test
    void aSetOfFingerprintsIsASet() {
        FingerprintSet fingerprints = new FingerprintSet();
        Set<Fingerprint> expected = new HashSet<>();
        Random random = new Random(7);

        for (int i = 0; i < 100_000; i++) {
            // Few high bits and few low bits: many collisions of places, and the fingerprint of zeros.
            Fingerprint next = new Fingerprint((long) random.nextInt(300) << 56, random.nextInt(300));
            assertThat(fingerprints.contains(next)).isEqualTo(expected.contains(next));
            assertThat(fingerprints.add(next)).isEqualTo(expected.add(next));
        }
        assertThat(fingerprints.contains(new Fingerprint(0, 0))).isTrue();
    }

    @Test
    void differentIdsHaveDifferentFingerprints() {
        Set<Fingerprint> fingerprints = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            fingerprints.add(Fingerprint.of("m-" + i));
        }
        assertThat(fingerprints).hasSize(10_000);
    }
}
