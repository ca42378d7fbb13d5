package dev.microlift.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.assignment.BucketRange;
import dev.microlift.assignment.Bucketing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSpaceTest {

    private static LayerSpace space(Map<String, BucketRange> owned) {
        return new LayerSpace(owned.entrySet().stream()
                .map(entry -> new LayerSpace.Owned(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Test
    void anEmptySpaceIsFreeFromEndToEnd() {
        assertThat(space(Map.of()).free()).containsExactly(new BucketRange(0, Bucketing.BUCKETS));
    }

    @Test
    void aNewcomerTakesTheNarrowestRangeThatSuffices() {
        LayerSpace space = space(Map.of("a", new BucketRange(0, 3_000), "b", new BucketRange(4_000, 5_000)));

        assertThat(space.take(900)).contains(new BucketRange(3_000, 3_900));
        assertThat(space.take(1_001)).contains(new BucketRange(5_000, 6_001));
    }

    @Test
    void aNewcomerNeedsItsRangeInOnePiece() {
        LayerSpace space = space(Map.of("a", new BucketRange(3_000, 7_000)));

        assertThat(space.take(3_001)).isEmpty();
        assertThat(space.take(3_000)).contains(new BucketRange(0, 3_000));
    }

    @Test
    void aRangeGrowsBehindItselfFirstAndThenBeforeItself() {
        LayerSpace space = space(Map.of("a", new BucketRange(2_000, 3_000), "b", new BucketRange(4_000, 5_000)));

        assertThat(space.widen("a", 1_500)).contains(new BucketRange(2_000, 3_500));
        assertThat(space.widen("a", 2_500)).contains(new BucketRange(1_500, 4_000));
        assertThat(space.widen("a", 4_000)).contains(new BucketRange(0, 4_000));
        assertThat(space.widen("a", 4_001)).isEmpty();
    }

    @Test
    void itIsSaidWhoOwnsWhatAndWhatIsTheLargestFreeRange() {
        LayerSpace space = space(Map.of("a", new BucketRange(0, 3_000), "b", new BucketRange(3_500, 5_000)));

        assertThat(space.describe())
                .isEqualTo("a owns 0.0 to 0.3, b owns 0.35 to 0.5; the largest free range is 0.5 to 1.0, a share of"
                        + " 0.5");
        assertThat(space(Map.of("a", new BucketRange(0, 10_000))).describe()).endsWith("nothing is free");
    }

    @Test
    void twoOwnersOfOneBucketAreRefused() {
        assertThatThrownBy(() -> space(Map.of("a", new BucketRange(0, 11), "b", new BucketRange(10, 20))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Random lives of a layer: after every step nobody overlaps, nothing is lost and nobody was moved. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rangesNeverOverlapAndEveryBucketIsOwnedOrFree(long seed) {
        Random random = new Random(seed);
        TreeMap<String, BucketRange> owned = new TreeMap<>();
        for (int step = 0; step < 2_000; step++) {
            LayerSpace space = space(owned);
            assertThat(covered(space)).isEqualTo(Bucketing.BUCKETS);
            int width = 1 + random.nextInt(3_000);
            if (owned.isEmpty() || random.nextInt(3) == 0) {
                int widest =
                        space.free().stream().mapToInt(BucketRange::width).max().orElse(0);
                Optional<BucketRange> taken = space.take(width);
                assertThat(taken.isPresent()).isEqualTo(widest >= width);
                String newcomer = "e" + step;
                taken.ifPresent(range -> {
                    assertThat(range.width()).isEqualTo(width);
                    owned.put(newcomer, range);
                });
            } else {
                LayerSpace.Owned one =
                        space.owned().get(random.nextInt(space.owned().size()));
                String owner = one.experiment();
                BucketRange before = one.range();
                if (random.nextBoolean()) {
                    owned.remove(owner);
                    assertThat(space(owned).take(before.width())).isPresent();
                } else {
                    space.widen(owner, before.width() + width).ifPresent(after -> {
                        assertThat(after.width()).isEqualTo(before.width() + width);
                        assertThat(after.fromBucket()).isLessThanOrEqualTo(before.fromBucket());
                        assertThat(after.toBucket()).isGreaterThanOrEqualTo(before.toBucket());
                        owned.put(owner, after);
                    });
                }
            }
        }
    }

    /** The owned and the free ranges in their order must follow each other without a gap; gives where they end. */
    private static int covered(LayerSpace space) {
        List<BucketRange> all = new ArrayList<>(space.free());
        space.owned().forEach(one -> all.add(one.range()));
        all.sort(Comparator.comparingInt(BucketRange::fromBucket));
        int end = 0;
        for (BucketRange range : all) {
            assertThat(range.fromBucket()).isEqualTo(end);
            end = range.toBucket();
        }
        return end;
    }
}
