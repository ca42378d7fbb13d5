package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeenExposuresTest {

    @Test
    void isNewOnce() {
        SeenExposures seen = new SeenExposures(10);

        assertThat(seen.contains(7)).isFalse();
        assertThat(seen.add(7)).isTrue();
        assertThat(seen.contains(7)).isTrue();
        assertThat(seen.add(7)).isFalse();
    }

    @Test
    void numbersThatMarkSlotsAreFingerprintsToo() {
        SeenExposures seen = new SeenExposures(10);

        assertThat(seen.contains(0)).isFalse();
        assertThat(seen.add(0)).isTrue();
        assertThat(seen.add(1)).isTrue();
        assertThat(seen.contains(0)).isTrue();
        assertThat(seen.contains(1)).isTrue();
    }

    @Test
    void remembersAtLeastItsBoundAndAtMostTwice() {
        SeenExposures seen = new SeenExposures(1_000);
        LongStream.rangeClosed(1, 10_000).forEach(i -> seen.add(spread(i)));

        assertThat(LongStream.rangeClosed(9_001, 10_000).filter(i -> seen.contains(spread(i))))
                .hasSize(1_000);
        assertThat(LongStream.rangeClosed(1, 10_000).filter(i -> seen.contains(spread(i))))
                .hasSizeLessThanOrEqualTo(2_000);
    }

    @Test
    void whatWasTakenBackIsNewAgain() {
        SeenExposures seen = new SeenExposures(10);
        seen.add(7);
        seen.add(7 + 16);

        seen.remove(7);

        assertThat(seen.contains(7)).isFalse();
        assertThat(seen.contains(7 + 16)).isTrue();
        assertThat(seen.add(7)).isTrue();
    }

    @Test
    void ofManyThreadsOneIsFirst() {
        SeenExposures seen = new SeenExposures(1_000_000);
        AtomicInteger first = new AtomicInteger();

        IntStream.range(0, 400_000).parallel().forEach(i -> {
            if (seen.add(spread(i % 1_000))) {
                first.incrementAndGet();
            }
        });

        assertThat(first).hasValue(1_000);
    }

    @Test
    void fingerprintsOfAMillionExposuresAreDifferent() {
        Set<Long> fingerprints = new HashSet<>();
        long one = new ExposureKind("button", "seed", "control").seed();
        long other = new ExposureKind("button", "seed", "treatment").seed();
        for (int i = 0; i < 500_000; i++) {
            fingerprints.add(Fingerprint.of(one, "u" + i));
            fingerprints.add(Fingerprint.of(other, "u" + i));
        }

        assertThat(fingerprints).hasSize(1_000_000);
    }

    @Test
    void everyCharacterOfATextCounts() {
        Set<Long> fingerprints = new HashSet<>();
        String text = "0123456789";
        for (int i = 0; i <= text.length(); i++) {
            fingerprints.add(Fingerprint.of(1, text.substring(0, i)));
            fingerprints.add(Fingerprint.of(1, text.substring(0, i) + "x" + text.substring(i)));
        }

        assertThat(fingerprints).hasSize(22);
    }

    private static long spread(long number) {
        return number * 0x9E3779B97F4A7C15L;
    }
}
