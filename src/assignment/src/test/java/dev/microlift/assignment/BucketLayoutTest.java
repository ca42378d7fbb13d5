package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BucketLayoutTest {

    @Test
    void equalWeightsAtFullTrafficHalveTheSpace() {
        assertThat(layout(List.of(50.0, 50.0), 1).ranges())
                .containsExactly(new BucketRange(0, 5_000), new BucketRange(5_000, 10_000));
    }

    @Test
    void partialTrafficUsesTheStartOfEachFullSection() {
        assertThat(layout(List.of(0.4, 0.6), 0.5).ranges())
                .containsExactly(new BucketRange(0, 2_000), new BucketRange(4_000, 7_000));
    }

    @Test
    void thirdsLeaveNoBucketUnused() {
        assertThat(layout(List.of(1.0, 1.0, 1.0), 1).ranges())
                .containsExactly(
                        new BucketRange(0, 3_333), new BucketRange(3_333, 6_667), new BucketRange(6_667, 10_000));
    }

    @Test
    void expectedSharesComeFromTheRanges() {
        BucketLayout layout = layout(List.of(1.0, 1.0, 1.0), 1);

        assertThat(layout.expectedShares()).containsExactly(0.3333, 0.3334, 0.3333);
    }

    @Test
    void expectedSharesAddUpToOneAtAnyTraffic() {
        BucketLayout layout = layout(List.of(3.0, 2.0, 2.0), 0.137);

        assertThat(layout.expectedShares().stream().mapToDouble(x -> x).sum()).isEqualTo(1, within(1e-12));
        assertThat(layout.traffic()).isEqualTo(0.137, within(0.0002));
    }

    @Test
    void everyArmThatIsTooNarrowIsNamed() {
        LayoutOutcome outcome = BucketLayout.of(List.of(1.0, 998.0, 1.0), 1);

        assertThat(outcome)
                .isEqualTo(new LayoutOutcome.TooNarrow(
                        List.of(new LayoutOutcome.NarrowArm(0, 10, 10), new LayoutOutcome.NarrowArm(2, 10, 10))));
    }

    @Test
    void armThatWouldFitWithMoreTrafficIsReportedWithItsFullWidth() {
        LayoutOutcome outcome = BucketLayout.of(List.of(1.0, 1.0), 0.003);

        assertThat(outcome)
                .isEqualTo(new LayoutOutcome.TooNarrow(
                        List.of(new LayoutOutcome.NarrowArm(0, 15, 5_000), new LayoutOutcome.NarrowArm(1, 15, 5_000))));
    }

    @Test
    void sixteenBucketsAreEnough() {
        assertThat(layout(List.of(1.0, 1.0), 0.0032).ranges())
                .containsExactly(new BucketRange(0, 16), new BucketRange(5_000, 5_016));
    }

    @Test
    void hugeAndTinyWeightsAreNormalisedWithoutOverflow() {
        assertThat(layout(List.of(Double.MAX_VALUE, Double.MAX_VALUE), 1).ranges())
                .containsExactly(new BucketRange(0, 5_000), new BucketRange(5_000, 10_000));
        assertThat(layout(List.of(Double.MIN_VALUE, Double.MIN_VALUE), 1).ranges())
                .containsExactly(new BucketRange(0, 5_000), new BucketRange(5_000, 10_000));
    }

    @Test
    void moreArmsThanTheGridHoldsAreTooNarrow() {
        LayoutOutcome outcome = BucketLayout.of(Collections.nCopies(2_000, 1.0), 1);

        assertThat(outcome).isInstanceOf(LayoutOutcome.TooNarrow.class);
    }

    @Test
    void weightsAndTrafficOutsideTheirDomainAreRefused() {
        Stream.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)
                .forEach(weight -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> BucketLayout.of(List.of(1.0, weight), 1)));
        Stream.of(0.0, -0.1, 1.0001, Double.NaN)
                .forEach(traffic -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> BucketLayout.of(List.of(1.0, 1.0), traffic)));
        assertThatIllegalArgumentException().isThrownBy(() -> BucketLayout.of(List.of(), 1));
    }

    @Test
    void overlappingOrNarrowRangesAreNoLayout() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BucketLayout(List.of(new BucketRange(0, 100), new BucketRange(99, 200))));
        assertThatIllegalArgumentException().isThrownBy(() -> new BucketLayout(List.of(new BucketRange(0, 15))));
    }

    @Test
    void startsDependOnTheWeightsOnlyAndEndsOnlyGrowWithTraffic() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 2_000; round++) {
            List<Double> weights = weights(random);
            double low = random.nextDouble(0.05, 1);
            List<BucketRange> before = layout(weights, low).ranges();
            List<BucketRange> after = layout(weights, random.nextDouble(low, 1)).ranges();

            for (int arm = 0; arm < weights.size(); arm++) {
                assertThat(after.get(arm).fromBucket())
                        .isEqualTo(before.get(arm).fromBucket());
                assertThat(after.get(arm).toBucket())
                        .isGreaterThanOrEqualTo(before.get(arm).toBucket());
            }
        }
    }

    @Test
    void rangesNeverOverlapAndStayInTheSpace() {
        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < 2_000; round++) {
            int[] owners = new int[Bucketing.BUCKETS];
            for (BucketRange range :
                    layout(weights(random), random.nextDouble(0.05, 1)).ranges()) {
                for (int bucket = range.fromBucket(); bucket < range.toBucket(); bucket++) {
                    owners[bucket]++;
                }
            }
            assertThat(owners).doesNotContain(2);
        }
    }

    @Test
    void sharesFollowTheWeightsWithinTheGrid() {
        SplittableRandom random = new SplittableRandom(13);
        for (int round = 0; round < 2_000; round++) {
            List<Double> weights = weights(random);
            double total = weights.stream().mapToDouble(x -> x).sum();
            List<Double> shares = layout(weights, 1).expectedShares();

            for (int arm = 0; arm < weights.size(); arm++) {
                assertThat(shares.get(arm)).isEqualTo(weights.get(arm) / total, within(0.0001));
            }
        }
    }

    private static List<Double> weights(SplittableRandom random) {
        return random.doubles(random.nextInt(2, 7), 1, 10).boxed().toList();
    }

    static BucketLayout layout(List<Double> weights, double traffic) {
        LayoutOutcome outcome = BucketLayout.of(weights, traffic);
        assertThat(outcome).isInstanceOf(LayoutOutcome.Fits.class);
        return ((LayoutOutcome.Fits) outcome).layout();
    }
}
