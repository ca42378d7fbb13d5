package dev.microlift.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IdTableTest {

    private static final int BITS = 10;

    private final IdTable table = new IdTable(BITS);

    /** What a table should hold, in the order of the ids; few high halves, so that places are contended. */
    private final TreeMap<Long, TreeMap<Long, Integer>> model = new TreeMap<>(Long::compareUnsigned);

    private final Random random = new Random(7);

    private long high() {
        return random.nextBoolean() ? random.nextLong() : random.nextLong(5) << 60;
    }

    private void change() {
        long high = high();
        long low = random.nextLong(3) - 1;
        TreeMap<Long, Integer> same = model.computeIfAbsent(high, any -> new TreeMap<>(Long::compareUnsigned));
        Integer content = same.get(low);
        if (high == 0 && low == 0) {
            return;
        }
        assertThat(table.find(high, low)).isEqualTo(content == null ? IdTable.ABSENT : content);
        if (content == null && table.size() < 700) {
            int fresh = random.nextInt();
            table.add(high, low, fresh);
            same.put(low, fresh);
        } else if (content != null) {
            table.remove(high, low);
            same.remove(low);
        }
    }

    private List<String> held() {
        List<String> held = new ArrayList<>();
        table.forEach(
                (IdTable.Visitor<RuntimeException>) (high, low, content) -> held.add(high + ":" + low + "=" + content));
        return held;
    }

    private List<String> expected() {
        List<String> expected = new ArrayList<>();
        model.forEach((high, same) -> same.forEach((low, content) -> expected.add(high + ":" + low + "=" + content)));
        return expected;
    }

    @Test
    void holdsWhatWasAddedAndNotTakenOutInTheOrderOfTheIds() {
        for (int i = 0; i < 20_000; i++) {
            change();
            if (i % 500 == 0) {
                assertThat(held()).isEqualTo(expected());
            }
        }
        assertThat(table.size()).isEqualTo(expected().size()).isPositive();
    }

    @Test
    void isEmptyOnceCleared() {
        table.add(-1, -1, 5);
        table.add(0, 1, 6);
        table.clear();

        assertThat(held()).isEmpty();
        assertThat(table.find(-1, -1)).isEqualTo(IdTable.ABSENT);
    }
}
