package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The golden vectors were computed by a separate Python program (UTF-16 code units, integers modulo 2^32) and are
 * append-only: a changed one would move every unit of every running experiment.
 */
class BucketingTest {

    private static final String SEED = "0f3a9c1be2d47586";

    private static final Map<Map.Entry<String, String>, Integer> GOLDEN = Map.ofEntries(
            golden("", "", 2305),
            golden("", "a", 216),
            golden("a", "", 216),
            golden("seed", "user-1", 4232),
            golden("seed", "user-2", 1367),
            golden(SEED, "u1", 9211),
            golden(SEED, "u2", 8811),
            golden(SEED, "1000000", 4878),
            golden(SEED, "550e8400-e29b-41d4-a716-446655440000", 5921),
            golden("layer:main", "a@b.example", 1167),
            golden("s", "J\u00fcrgen", 1133),
            golden("s", "\u540d\u524d", 1578),
            golden("s", "\ud83d\ude00", 2801),
            golden("s", " ", 2171),
            golden("s", "x".repeat(1000), 2299),
            golden("ab", "c", 9165),
            // First round gives 702: fewer decimal digits than usual.
            golden("s", "2261584", 9680));

    @Test
    void goldenVectorsKeepTheirBuckets() {
        GOLDEN.forEach((input, bucket) -> assertThat(Bucketing.bucket(input.getKey(), input.getValue()))
                .as("%s", input)
                .isEqualTo(bucket));
    }

    @Test
    void hundredThousandBucketsHaveTheReferenceDigest() throws Exception {
        String buckets = IntStream.range(0, 100_000)
                .map(i -> Bucketing.bucket(SEED, "user-" + i))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(buckets.getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("40e8000b8b7ee4b81c297636873a3667d90e2c1cae9f9adb02c9136b58a4b2e8");
    }

    /** Expected by a separate JavaScript program: the hash code of the list of a million buckets. Append only. */
    @Test
    void aMillionBucketsUnderEachSeedHaveTheReferenceChecksum() {
        Map<String, Integer> checksums = Map.of(
                SEED,
                -400_499_938,
                "8c1d5e0a4b7f9263",
                407_748_308,
                "layer:main",
                -675_475_584,
                "checkout-2026",
                -348_327_955);

        checksums.forEach((seed, checksum) -> {
            int[] buckets = IntStream.range(0, 1_000_000)
                    .map(i -> Bucketing.bucket(seed, "user-" + i))
                    .toArray();
            assertThat(Arrays.hashCode(buckets)).as(seed).isEqualTo(checksum);
        });
    }

    @Test
    void idsAreHashedAsCodeUnitsWhetherTheyPairOrNot() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 20_000; i++) {
            char[] units = new char[random.nextInt(1, 12)];
            for (int k = 0; k < units.length; k++) {
                units[k] = (char) (random.nextInt(4) == 0 ? random.nextInt(0xd800, 0xe000) : random.nextInt(0x10000));
            }
            String value = new String(units);
            assertThat(Bucketing.bucket(SEED, value)).isEqualTo(byDefinition(SEED, value));
        }
    }

    @Test
    void loneSurrogatesAreDifferentIds() {
        assertThat(Bucketing.bucket(SEED, "u\ud83d")).isNotEqualTo(Bucketing.bucket(SEED, "u\ud83e"));
        assertThat(Bucketing.bucket(SEED, "u\ud83d")).isNotEqualTo(Bucketing.bucket(SEED, "u?"));
    }

    @Test
    void hashIsTheBucketOnTheGrid() {
        assertThat(Bucketing.hash("seed", "user-1")).isEqualTo(0.4232);
    }

    @Test
    void continuingFromTheSeedStateGivesTheSameBucket() {
        assertThat(Bucketing.bucketFrom(Bucketing.seedState(SEED), "u1")).isEqualTo(Bucketing.bucket(SEED, "u1"));
    }

    @Test
    void bucketsUnderManySeedsAreThoseUnderEach() {
        int[] seeds = IntStream.range(0, 100)
                .map(i -> Bucketing.seedState("seed-" + i))
                .toArray();

        for (String value : List.of("", "u1", "2261584", "J\u00fcrgen", "\ud83d\ude00", "x".repeat(1000))) {
            int[] one = IntStream.of(seeds)
                    .map(seed -> Bucketing.bucketFrom(seed, value))
                    .toArray();
            assertThat(Bucketing.bucketsFrom(seeds, value)).isEqualTo(one);
        }
        assertThat(seeds[0]).isEqualTo(Bucketing.seedState("seed-0"));
    }

    @Test
    void seedAndValueAreJoinedWithoutSeparator() {
        assertThat(Bucketing.bucket("ab", "c")).isEqualTo(Bucketing.bucket("a", "bc"));
    }

    @Test
    void bucketsEqualTheDefinitionByStrings() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            String seed = Long.toHexString(random.nextLong());
            String value = Long.toString(random.nextLong(), 36);
            assertThat(Bucketing.bucket(seed, value)).isEqualTo(byDefinition(seed, value));
        }
    }

    @Test
    void everyBucketIsUsedEvenly() {
        int[] counts = new int[Bucketing.BUCKETS];
        int units = 1_000_000;
        for (int i = 0; i < units; i++) {
            counts[Bucketing.bucket(SEED, Integer.toString(i))]++;
        }
        double expected = units / (double) Bucketing.BUCKETS;

        double chiSquare = IntStream.of(counts)
                .mapToDouble(n -> (n - expected) * (n - expected) / expected)
                .sum();

        // 9,999 degrees of freedom: mean 9,999, standard deviation 141; five deviations.
        assertThat(chiSquare).isBetween(9_999 - 5 * 141.0, 9_999 + 5 * 141.0);
    }

    @Test
    void twoSeedsAreIndependentForSequentialIds() {
        int[][] counts = new int[10][10];
        int units = 200_000;
        for (int i = 0; i < units; i++) {
            String id = "user-" + i;
            counts[Bucketing.bucket("8c1d5e0a4b7f9263", id) / 1_000][Bucketing.bucket(SEED, id) / 1_000]++;
        }
        double expected = units / 100.0;
        double chiSquare = 0;
        for (int[] row : counts) {
            for (int n : row) {
                chiSquare += (n - expected) * (n - expected) / expected;
            }
        }

        // 99 degrees of freedom: the 99.999 % point is 167.6.
        assertThat(chiSquare).isLessThan(167.6);
    }

    private static int byDefinition(String seed, String value) {
        return (int) (fnv(Long.toString(fnv(seed + value))) % 10_000);
    }

    private static long fnv(String text) {
        long hash = 2_166_136_261L;
        for (int i = 0; i < text.length(); i++) {
            hash = ((hash ^ text.charAt(i)) * 16_777_619L) & 0xffff_ffffL;
        }
        return hash;
    }

    private static Map.Entry<Map.Entry<String, String>, Integer> golden(String seed, String value, int bucket) {
        return Map.entry(Map.entry(seed, value), bucket);
    }
}
