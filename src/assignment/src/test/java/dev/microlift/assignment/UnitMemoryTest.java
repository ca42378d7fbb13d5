package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules that depend on what is remembered of a unit. */
class UnitMemoryTest {

    private static final Arm CONTROL = new Arm("control", false);
    private static final Arm TREATMENT = new Arm("treatment", false);
    // Buckets under the seed: u1 9211, 1000000 4878.
    private static final EvaluationContext IN_TREATMENT = EvaluationContext.of("u1");

    private record Remembered(Set<String> entered, Map<String, Integer> exposed) implements UnitMemory {
        @Override
        public boolean hasEntered(String unitId) {
            return entered.contains(unitId);
        }

        @Override
        public boolean keeps(String unitId, int arm) {
            return Integer.valueOf(arm).equals(exposed.get(unitId));
        }
    }

    private static Evaluation evaluate(UnitMemory memory, Condition targeting, double traffic, Filter... filters) {
        Assignment assignment = new Assignment.Hashed(
                "0f3a9c1be2d47586", BucketLayoutTest.layout(List.of(1.0, 1.0), traffic), List.of(filters), memory);
        return Evaluator.evaluate(
                new ExperimentRule(
                        "button",
                        1,
                        "user",
                        new Phase.Running(),
                        List.of(CONTROL, TREATMENT),
                        0,
                        assignment,
                        targeting,
                        Map.of()),
                IN_TREATMENT);
    }

    private static Evaluation out(Outside why) {
        return new Evaluation.NotIncluded(why, CONTROL);
    }

    private static Evaluation in() {
        return new Evaluation.Split(TREATMENT, TREATMENT);
    }

    @Test
    void aUnitIsAdmittedOnceItDidTheEntryStep() {
        assertThat(evaluate(new Remembered(Set.of(), Map.of()), Condition.ALWAYS, 1))
                .isEqualTo(out(Outside.ENTRY_STEP));
        assertThat(evaluate(new Remembered(Set.of("u1"), Map.of()), Condition.ALWAYS, 1))
                .isEqualTo(in());
    }

    @Test
    void aUnitThatWasExposedKeepsItsArmWhateverTargetingAndEntryStepSay() {
        Remembered exposed = new Remembered(Set.of(), Map.of("u1", 1));

        assertThat(evaluate(exposed, Condition.NEVER, 1)).isEqualTo(in());
        assertThat(evaluate(exposed, Condition.ALWAYS, 1)).isEqualTo(in());
    }

    @Test
    void anExposureToAnotherArmThanTheBucketsKeepsNobody() {
        Remembered forged = new Remembered(Set.of("u1"), Map.of("u1", 0));

        assertThat(evaluate(forged, Condition.NEVER, 1)).isEqualTo(out(Outside.TARGETING));
    }

    @Test
    void neitherHoldoutNorLayerNorTrafficIsOvercome() {
        Remembered exposed = new Remembered(Set.of("u1"), Map.of("u1", 1));
        Filter holdout = new Filter(Filter.Kind.HOLDOUT, "0f3a9c1be2d47586", List.of(new BucketRange(0, 9_211)));
        Filter layer = new Filter(Filter.Kind.LAYER, "0f3a9c1be2d47586", List.of(new BucketRange(0, 9_211)));

        assertThat(evaluate(exposed, Condition.ALWAYS, 1, holdout)).isEqualTo(out(Outside.HOLDOUT));
        assertThat(evaluate(exposed, Condition.ALWAYS, 1, layer)).isEqualTo(out(Outside.LAYER));
        assertThat(evaluate(exposed, Condition.ALWAYS, 0.5)).isEqualTo(out(Outside.TRAFFIC));
    }
}
