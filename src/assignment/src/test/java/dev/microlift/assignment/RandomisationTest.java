package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Statistical properties of the split. All ids and seeds are fixed, so that a test has one outcome for ever; limits are
 * those that a random split keeps in all but very few of its outcomes, named beside each.
 */
class RandomisationTest {

    /** One in 30,000 for one look at a random split. */
    private static final double FOUR_DEVIATIONS = 4;

    /** From here on a chi-square's p-value is below 0.01. */
    private static final double ONE_PER_CENT = 2.326;

    private static final String SEED = "0f3a9c1be2d47586";

    private static final String LONG_NAME = "\u30e6\u30fc\u30b6\u30fc-\ud83d\ude00-".repeat(12);

    /** Forms of ids that applications have. */
    enum Family {
        SEQUENTIAL,
        PADDED,
        EVEN_NUMBERS,
        UUIDS,
        EMAILS,
        HEX,
        LONG_NON_ASCII,
        COUNTER_FIRST;

        String id(int number) {
            return switch (this) {
                case SEQUENTIAL -> Integer.toString(number);
                case PADDED -> String.format(Locale.ROOT, "customer-%09d", number);
                case EVEN_NUMBERS -> Integer.toString(2 * number);
                case UUIDS -> new UUID(mixed(number), mixed(number + 1_000_000_007L)).toString();
                case EMAILS -> "user." + number + "@mail" + number % 7 + ".example.com";
                case HEX -> Long.toHexString(mixed(number));
                case LONG_NON_ASCII -> LONG_NAME + number + "-\u00fcn\u00efc\u00f6d\u00e9";
                case COUNTER_FIRST -> number + "|tenant-4711|eu-central-1";
            };
        }

        private static long mixed(long number) {
            return new SplittableRandom(number).nextLong();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void bucketsAreUniformForEveryFormOfIds(Family family) {
        int[] counts = new int[200];
        for (int i = 0; i < 200_000; i++) {
            counts[Bucketing.bucket(SEED, family.id(i)) / 50]++;
        }

        assertThat(deviations(counts)).isBetween(-FOUR_DEVIATIONS, FOUR_DEVIATIONS);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void neighbouringIdsAreIndependent(Family family) {
        int[] counts = new int[100];
        int before = Bucketing.bucket(SEED, family.id(0));
        for (int i = 1; i <= 100_000; i++) {
            int bucket = Bucketing.bucket(SEED, family.id(i));
            counts[before / 1_000 * 10 + bucket / 1_000]++;
            before = bucket;
        }

        assertThat(deviations(counts)).isLessThan(FOUR_DEVIATIONS);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void halvesAreBalancedWithinEveryBlockOfIds(Family family) {
        ArmSearch halves = arms(List.of(1.0, 1.0), 1);
        int blocks = 100;
        int units = 1_000;
        double sumOfSquares = 0;
        for (int block = 0; block < blocks; block++) {
            int[] arms = new int[2];
            for (int i = 0; i < units; i++) {
                arms[halves.armAt(Bucketing.bucket(SEED, family.id(block * units + i)))]++;
            }
            double deviation = (arms[0] - units / 2.0) / Math.sqrt(units / 4.0);
            assertThat(deviation).as("block %d", block).isBetween(-4.5, 4.5);
            sumOfSquares += deviation * deviation;
        }

        // Chi-square with 100 degrees of freedom: neither too far from the half nor too close to it.
        assertThat(deviationsOf(sumOfSquares, blocks)).isBetween(-FOUR_DEVIATIONS, FOUR_DEVIATIONS);
    }

    @Test
    void halvesAreBalancedWithinEveryPrefixOfIds() {
        ArmSearch halves = arms(List.of(1.0, 1.0), 1);
        List<String> prefixes = List.of("", "a", "user-", "USER-", "de:", "00000000-0000-0000-0000-", "\u540d\u524d");
        for (String prefix : prefixes) {
            int units = 50_000;
            int first = (int) IntStream.range(0, units)
                    .filter(i -> halves.armAt(Bucketing.bucket(SEED, prefix + i)) == 0)
                    .count();

            assertThat((first - units / 2.0) / Math.sqrt(units / 4.0))
                    .as("prefix '%s'", prefix)
                    .isBetween(-FOUR_DEVIATIONS, FOUR_DEVIATIONS);
        }
    }

    /**
     * Of 1,000 tests of independent pairs 10 have p below 0.01, with a standard deviation of 3.15: up to 22 in all but one
     * of 3,000 series.
     */
    @Test
    void experimentsAreIndependentOfEachOther() {
        SplittableRandom random = new SplittableRandom(21);

        int suspicious = suspiciousPairs(
                1_000, pair -> Long.toHexString(random.nextLong()), pair -> Long.toHexString(random.nextLong()));

        assertThat(suspicious).isBetween(1, 22);
    }

    /** Seeds that people write by hand differ in one character only. */
    @Test
    void experimentsWithSimilarSeedsAreIndependentOfEachOther() {
        int suspicious = suspiciousPairs(1_000, pair -> "experiment-" + pair, pair -> "experiment-" + (pair + 1));

        assertThat(suspicious).isBetween(1, 22);
    }

    @Test
    void experimentsAreIndependentOfTheirLayer() {
        SplittableRandom random = new SplittableRandom(22);

        int suspicious = suspiciousPairs(1_000, pair -> "layer:" + pair, pair -> Long.toHexString(random.nextLong()));

        assertThat(suspicious).isBetween(1, 22);
    }

    @Test
    void everyPartOfALayerIsSplitEvenly() {
        ArmSearch thirds = arms(List.of(1.0, 1.0, 1.0), 1);
        for (int part = 0; part < 10; part++) {
            BucketRange owned = new BucketRange(part * 1_000, part * 1_000 + 1_000);
            int[] arms = new int[3];
            IntStream.range(0, 200_000)
                    .mapToObj(Family.EMAILS::id)
                    .filter(id -> owned.contains(Bucketing.bucket("layer:checkout", id)))
                    .forEach(id -> arms[thirds.armAt(Bucketing.bucket(SEED, id))]++);

            assertThat(IntStream.of(arms).sum()).isCloseTo(20_000, within(4 * 134));
            assertThat(deviations(arms)).as("part %d", part).isLessThan(FOUR_DEVIATIONS);
        }
    }

    @Test
    void growingTrafficMovesNobody() {
        List<Double> weights = List.of(0.2, 0.5, 0.3);
        List<ArmSearch> steps = IntStream.of(1, 5, 10, 25, 50, 75, 99, 100)
                .mapToObj(percent -> arms(weights, percent / 100.0))
                .toList();
        for (int i = 0; i < 50_000; i++) {
            int bucket = Bucketing.bucket(SEED, Family.UUIDS.id(i));
            int before = ArmSearch.NO_ARM;
            for (ArmSearch step : steps) {
                int arm = step.armAt(bucket);
                if (before != ArmSearch.NO_ARM) {
                    assertThat(arm).isEqualTo(before);
                }
                before = arm;
            }
            assertThat(before).isNotEqualTo(ArmSearch.NO_ARM);
        }
    }

    /** Shows that the tests above can fail: one round of the hash instead of two ties similar seeds together. */
    @Test
    void singleRoundOfTheHashWouldNotBeIndependent() {
        int suspicious = suspiciousPairs(
                100,
                pair -> "experiment-" + pair,
                pair -> "experiment-" + (pair + 1),
                (seed, id) -> Integer.remainderUnsigned(Bucketing.seedState(id + seed), Bucketing.BUCKETS));

        assertThat(suspicious).isGreaterThan(22);
    }

    private static int suspiciousPairs(int pairs, IntFunction<String> first, IntFunction<String> second) {
        return suspiciousPairs(pairs, first, second, (seed, id) -> Bucketing.bucketFrom(Bucketing.seedState(seed), id));
    }

    /** Pairs of seeds whose joint table of quarters is as uneven as one in a hundred independent ones. */
    private static int suspiciousPairs(
            int pairs,
            IntFunction<String> first,
            IntFunction<String> second,
            ToIntBiFunction<String, String> bucketOf) {
        String[] ids = IntStream.range(0, 4_000).mapToObj(i -> "user-" + i).toArray(String[]::new);
        int suspicious = 0;
        for (int pair = 0; pair < pairs; pair++) {
            String one = first.apply(pair);
            String other = second.apply(pair);
            int[] counts = new int[16];
            for (String id : ids) {
                counts[bucketOf.applyAsInt(one, id) / 2_500 * 4 + bucketOf.applyAsInt(other, id) / 2_500]++;
            }
            if (deviations(counts) > ONE_PER_CENT) {
                suspicious++;
            }
        }
        return suspicious;
    }

    private static ArmSearch arms(List<Double> weights, double traffic) {
        return new ArmSearch(BucketLayoutTest.layout(weights, traffic).ranges());
    }

    /** How far counts are from even ones, in standard deviations of a normal distribution. */
    private static double deviations(int[] counts) {
        double expected = IntStream.of(counts).sum() / (double) counts.length;
        double chiSquare = IntStream.of(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        return deviationsOf(chiSquare, counts.length - 1);
    }

    /** Wilson and Hilferty 1931: the cube root of a chi-square over its degrees of freedom is about normal. */
    private static double deviationsOf(double chiSquare, int degreesOfFreedom) {
        double variance = 2.0 / (9 * degreesOfFreedom);
        return (Math.cbrt(chiSquare / degreesOfFreedom) - (1 - variance)) / Math.sqrt(variance);
    }
}
