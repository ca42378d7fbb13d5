package dev.microlift.server.report.series;

import dev.microlift.server.analysis.Arm;
import dev.microlift.server.journey.Step;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.Moments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a series is about: the rate of units that reached a step, or what the step's value adds up to per unit.
 *
 * @param key the step's, and {@code :value} behind it where its value is meant
 */
record Metric(String key, int step, boolean isValue) {

    private static final String VALUE = ":value";

    /**
     * The one that is wanted; the goal's rate unless said otherwise.
     *
     * @throws ProblemException naming all that there are
     */
    static Metric of(List<Step> steps, @Nullable String wanted) {
        List<Metric> all = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i).key();
            all.add(new Metric(step, i, false));
            if (steps.get(i).valueProperty().isPresent()) {
                all.add(new Metric(step + VALUE, i, true));
            }
        }
        String key = wanted == null ? steps.get(steps.size() - 1).key() : wanted;
        return all.stream()
                .filter(metric -> metric.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_PARAMETER,
                        "metric is one of "
                                + String.join(
                                        ", ", all.stream().map(Metric::key).toList())));
    }

    Moments of(Study study, Arm arm) {
        return isValue ? study.value(arm, step) : study.rate(arm, step);
    }
}
