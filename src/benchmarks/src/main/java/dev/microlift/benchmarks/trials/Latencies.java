package dev.microlift.benchmarks.trials;

import java.util.Arrays;
import java.util.List;

/** Times that were measured one by one. Not for several threads: each keeps its own, joined at the end. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    static Latencies joined(List<Latencies> parts) {
        Latencies all = new Latencies();
        for (Latencies part : parts) {
            for (int i = 0; i < part.count; i++) {
                all.add(part.nanos[i]);
            }
        }
        Arrays.sort(all.nanos, 0, all.count);
        return all;
    }

    /** The time that so many of a hundred do not exceed, in milliseconds; not a number if there are none. Wants joined ones. */
    double percentile(double percent) {
        return count == 0 ? Double.NaN : nanos[Math.min(count - 1, (int) Math.ceil(percent / 100 * count) - 1)] / 1e6;
    }
}
