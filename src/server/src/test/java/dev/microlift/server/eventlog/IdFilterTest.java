package dev.microlift.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IdFilterTest {

    private static final int IDS = 100_000;

    @Test
    void neverDeniesWhatItHoldsAndLetsFewOthersThroughAtTenBitsAnId() {
        IdFilter filter = new IdFilter(IDS * 10 / 8);
        Random added = new Random(1);
        IdFilter.Adder adder = filter.new Adder();
        for (int i = 0; i < IDS; i++) {
            adder.add(added.nextLong(), added.nextLong());
        }
        adder.finish();

        Random again = new Random(1);
        Random others = new Random(2);
        int denied = 0;
        int letThrough = 0;
        for (int i = 0; i < IDS; i++) {
            denied += filter.mayHold(again.nextLong(), again.nextLong()) ? 0 : 1;
            letThrough += filter.mayHold(others.nextLong(), others.nextLong()) ? 1 : 0;
        }
        assertThat(denied).isZero();
        assertThat(letThrough).isLessThan(IDS / 50);
    }
}
