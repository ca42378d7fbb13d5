package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BucketRangeTest {

    @Test
    void startBelongsToTheRangeAndEndDoesNot() {
        BucketRange range = new BucketRange(100, 200);

        assertThat(range.contains(99)).isFalse();
        assertThat(range.contains(100)).isTrue();
        assertThat(range.contains(199)).isTrue();
        assertThat(range.contains(200)).isFalse();
    }

    @Test
    void boundsAreFractionsWithFourDecimals() {
        BucketRange range = new BucketRange(3_333, 6_667);

        assertThat(range.from()).isEqualTo(0.3333);
        assertThat(range.to()).isEqualTo(0.6667);
        assertThat(range.width()).isEqualTo(3_334);
    }

    @Test
    void emptyReversedAndOutlyingRangesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BucketRange(5, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new BucketRange(6, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new BucketRange(-1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new BucketRange(0, 10_001));
    }
}
