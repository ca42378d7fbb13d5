package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentRuleTest {

    private static final List<Arm> ARMS = List.of(new Arm("control", false), new Arm("treatment", false));

    @Test
    void ruleFindsItsArmsByKey() {
        ExperimentRule rule = rule(ARMS, 0, new Phase.Running(), Map.of());

        assertThat(rule.arm("treatment")).contains(ARMS.get(1));
        assertThat(rule.arm("other")).isEmpty();
    }

    @Test
    void ruleCopiesItsOverrides() {
        Map<String, String> overrides = new HashMap<>(Map.of("qa-1", "treatment"));
        ExperimentRule rule = rule(ARMS, 0, new Phase.Running(), overrides);

        overrides.clear();

        assertThat(rule.overrides()).containsOnlyKeys("qa-1");
    }

    @Test
    void unknownArmsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(ARMS, 0, new Phase.Decided("other"), Map.of()))
                .withMessageContaining("other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(ARMS, 0, new Phase.Running(), Map.of("qa-1", "other")));
        assertThatIllegalArgumentException().isThrownBy(() -> rule(ARMS, 2, new Phase.Running(), Map.of()));
    }

    @Test
    void armsMustBeDistinctAndHaveOneRangeEach() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(List.of(ARMS.get(0), ARMS.get(0)), 0, new Phase.Running(), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(List.of(ARMS.get(0)), 0, new Phase.Running(), Map.of()));
    }

    private static ExperimentRule rule(List<Arm> arms, int control, Phase phase, Map<String, String> overrides) {
        Assignment assignment = new Assignment.Hashed("seed", BucketLayoutTest.layout(List.of(1.0, 1.0), 1), List.of());
        return new ExperimentRule("button", 1, "user", phase, arms, control, assignment, Condition.ALWAYS, overrides);
    }
}
