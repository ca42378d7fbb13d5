package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArmSearchTest {

    @Test
    void everyBucketIsFoundInTheRangeThatContainsItOrInNone() {
        for (List<BucketRange> ranges : List.of(
                List.of(new BucketRange(0, 10_000)),
                List.of(new BucketRange(0, 5_000), new BucketRange(5_000, 10_000)),
                List.of(new BucketRange(0, 16), new BucketRange(5_000, 5_016)),
                List.of(new BucketRange(100, 200), new BucketRange(200, 300), new BucketRange(9_000, 9_999)))) {
            ArmSearch arms = new ArmSearch(ranges);

            for (int bucket = 0; bucket < Bucketing.BUCKETS; bucket++) {
                assertThat(arms.armAt(bucket)).as("%d in %s", bucket, ranges).isEqualTo(rangeOf(bucket, ranges));
            }
        }
    }

    private static int rangeOf(int bucket, List<BucketRange> ranges) {
        return IntStream.range(0, ranges.size())
                .filter(arm -> ranges.get(arm).contains(bucket))
                .findFirst()
                .orElse(ArmSearch.NO_ARM);
    }
}
