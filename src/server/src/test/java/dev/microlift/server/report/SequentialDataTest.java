package dev.microlift.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.stats.ConfidenceSequence;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Welch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 78 published experiments at every checkpoint of theirs: what reading a fixed test every day does, and what does not. */
class SequentialDataTest {

    private static final double ALPHA = 0.05;

    /** What the checkpoints of one metric of one experiment said. */
    private static final class Stream {
        private double latest = -1;
        private boolean isSignificantAtTheEnd;
        private boolean wasEverSignificant;
        private boolean wasEverAlwaysValid;
    }

    private static Moments arm(String[] row, int count, int mean, int variance) {
        long n = Math.round(Double.parseDouble(row[count]));
        return Moments.central(n, Double.parseDouble(row[mean]), Double.parseDouble(row[variance]) * (n - 1));
    }

    @Test
    void aFixedTestThatIsReadAtEveryCheckpointFindsMoreThanOneThatMayBe() {
        Map<String, Stream> streams = new HashMap<>();
        for (String[] row : SharedData.table("asos_digital_experiments/asos_digital_experiments_dataset.csv.gz")) {
            Stream stream = streams.computeIfAbsent(row[0] + row[1] + '/' + row[2], key -> new Stream());
            if (row[8].isEmpty() || row[9].isEmpty()) {
                continue;
            }
            Moments control = arm(row, 4, 6, 8);
            Moments treatment = arm(row, 5, 7, 9);
            Double p = Welch.test(control, treatment, ALPHA).p();
            boolean significant = p != null && p < ALPHA;
            Double always =
                    ConfidenceSequence.of(control, treatment, ALPHA, 1_000_000).pAlwaysValid();
            stream.wasEverSignificant |= significant;
            stream.wasEverAlwaysValid |= always != null && always < ALPHA;
            double time = Double.parseDouble(row[3]);
            if (time > stream.latest) {
                stream.latest = time;
                stream.isSignificantAtTheEnd = significant;
            }
        }

        assertThat(count(streams, "1", "end")).isEqualTo(26);
        assertThat(count(streams, "2", "end")).isEqualTo(27);
        assertThat(count(streams, "3", "end")).isEqualTo(25);
        assertThat(count(streams, "4", "end")).isEqualTo(27);
        // Some effects are real, so the test that may be read at every checkpoint finds some too, but fewer.
        // The published counts of "ever" were made with a normal law; Welch's differs at checkpoints of a few units.
        assertThat(count(streams, "1", "ever")).isBetween(44L, 46L);
        assertThat(count(streams, "2", "ever")).isBetween(60L, 64L);
        for (String metric : List.of("1", "2", "3", "4")) {
            assertThat(count(streams, metric, "always")).isLessThan(count(streams, metric, "ever"));
        }
    }

    private static long count(Map<String, Stream> streams, String metric, String what) {
        return streams.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/" + metric))
                .filter(entry -> switch (what) {
                    case "end" -> entry.getValue().isSignificantAtTheEnd;
                    case "ever" -> entry.getValue().wasEverSignificant;
                    default -> entry.getValue().wasEverAlwaysValid;
                })
                .count();
    }
}
