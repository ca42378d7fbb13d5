package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {

    private static final String SEED = "0f3a9c1be2d47586";
    private static final Arm CONTROL = new Arm("control", false);
    private static final Arm TREATMENT = new Arm("treatment", false);
    private static final Arm MUTED = new Arm("treatment", true);
    // Buckets under the seed: u1 9211, u2 8811, 1000000 4878.
    private static final EvaluationContext IN_TREATMENT = EvaluationContext.of("u1");
    private static final EvaluationContext IN_CONTROL = EvaluationContext.of("1000000");

    @Test
    void unitIsServedTheArmItsBucketBelongsTo() {
        assertThat(running(1).evaluate(IN_TREATMENT)).isEqualTo(new Evaluation.Split(TREATMENT, TREATMENT));
        assertThat(running(1).evaluate(IN_CONTROL)).isEqualTo(new Evaluation.Split(CONTROL, CONTROL));
    }

    @Test
    void unitInTheExperimentHasVariantAndReasonSplit() {
        Evaluation.Served served = (Evaluation.Served) running(1).evaluate(IN_TREATMENT);

        assertThat(served.reason()).isEqualTo(Reason.SPLIT);
        assertThat(served.variant()).contains(TREATMENT);
        assertThat(served.inExperiment()).isTrue();
        assertThat(served.outside()).isEmpty();
    }

    @Test
    void unitOutsideTrafficGetsControlWithoutVariant() {
        Evaluation.Served served = (Evaluation.Served) running(0.5).evaluate(IN_TREATMENT);

        assertThat(served.reason()).isEqualTo(Reason.DEFAULT);
        assertThat(served.served()).isEqualTo(CONTROL);
        assertThat(served.variant()).isEmpty();
        assertThat(served.inExperiment()).isFalse();
        assertThat(served.outside()).contains(Outside.TRAFFIC);
    }

    @Test
    void mutedArmKeepsItsUnitsAndServesControl() {
        Evaluator evaluator = new Evaluator(rule(List.of(CONTROL, MUTED), hashed(1), new Phase.Running()));

        assertThat(evaluator.evaluate(IN_TREATMENT)).isEqualTo(new Evaluation.Split(MUTED, CONTROL));
    }

    @Test
    void inactiveExperimentServesControlToEverybodyEvenWithoutTargetingKey() {
        Evaluator evaluator = new Evaluator(rule(List.of(CONTROL, TREATMENT), hashed(1), new Phase.Inactive()));

        assertThat(evaluator.evaluate(IN_TREATMENT)).isEqualTo(new Evaluation.Disabled(CONTROL));
        assertThat(evaluator.evaluate(new EvaluationContext(null, Map.of())))
                .isEqualTo(new Evaluation.Disabled(CONTROL));
    }

    @Test
    void decisionIsServedToEverybody() {
        Evaluator evaluator =
                new Evaluator(rule(List.of(CONTROL, TREATMENT), hashed(1), new Phase.Decided("treatment")));

        Evaluation.Served served = (Evaluation.Served) evaluator.evaluate(new EvaluationContext(null, Map.of()));

        assertThat(served).isEqualTo(new Evaluation.Decided(TREATMENT));
        assertThat(served.reason()).isEqualTo(Reason.STATIC);
        assertThat(served.variant()).contains(TREATMENT);
        assertThat(served.inExperiment()).isFalse();
    }

    @Test
    void controlNeedNotBeTheFirstArm() {
        ExperimentRule rule = new ExperimentRule(
                "button",
                1,
                "user",
                new Phase.Inactive(),
                List.of(TREATMENT, CONTROL),
                1,
                hashed(1),
                Condition.ALWAYS,
                Map.of());

        assertThat(Evaluator.evaluate(rule, IN_TREATMENT)).isEqualTo(new Evaluation.Disabled(CONTROL));
    }

    @Test
    void missingTargetingKeyIsReportedForUsers() {
        assertThat(running(1).evaluate(new EvaluationContext(null, Map.of())))
                .isEqualTo(new Evaluation.TargetingKeyMissing());
        assertThat(running(1).evaluate(EvaluationContext.of("  "))).isEqualTo(new Evaluation.TargetingKeyMissing());
    }

    @Test
    void attributeThatIsCalledUserDoesNotReplaceTheTargetingKey() {
        EvaluationContext context = new EvaluationContext("1000000", Map.of("user", "u1"));

        assertThat(running(1).evaluate(context)).isEqualTo(new Evaluation.Split(CONTROL, CONTROL));
        assertThat(EvaluationContext.unitIdOrNull("u1", "user", "1000000")).isEqualTo("1000000");
    }

    @Test
    void attributeThatIsCalledUserStandsForAMissingTargetingKey() {
        EvaluationContext context = new EvaluationContext(" ", Map.of("user", "u1"));

        assertThat(running(1).evaluate(context)).isEqualTo(new Evaluation.Split(TREATMENT, TREATMENT));
    }

    @Test
    void integerIdsAreTheirDecimalText() {
        for (Number id : List.<Number>of(1_000_000, 1_000_000L, 1_000_000.0, new java.math.BigDecimal("1e6"))) {
            EvaluationContext context = new EvaluationContext(null, Map.of("user", id));

            assertThat(running(1).evaluate(context)).isEqualTo(new Evaluation.Split(CONTROL, CONTROL));
        }
    }

    @Test
    void fractionsAndBooleansAreNoIds() {
        for (Object id : List.<Object>of(1.5, Double.NaN, Double.POSITIVE_INFINITY, true, List.of("u1"), 1e300, " ")) {
            assertThat(new EvaluationContext(null, Map.of("account", id)).unitId("account"))
                    .isEmpty();
        }
    }

    @Test
    void unitTypeWithoutItsIdIsOutsideAndNeverUsesTheTargetingKey() {
        Evaluation evaluation = Evaluator.evaluate(onAccounts(), EvaluationContext.of("u1"));

        assertThat(evaluation).isEqualTo(new Evaluation.NotIncluded(Outside.NO_UNIT, CONTROL));
    }

    @Test
    void otherUnitTypesAreHashedByTheirAttribute() {
        EvaluationContext context = new EvaluationContext(null, Map.of("account", "u1"));

        assertThat(Evaluator.evaluate(onAccounts(), context)).isEqualTo(new Evaluation.Split(TREATMENT, TREATMENT));
    }

    @Test
    void externalAssignmentServesControl() {
        Evaluator evaluator =
                new Evaluator(rule(List.of(CONTROL, TREATMENT), new Assignment.External(), new Phase.Running()));

        assertThat(evaluator.evaluate(IN_TREATMENT)).isEqualTo(new Evaluation.NotIncluded(Outside.EXTERNAL, CONTROL));
    }

    @Test
    void everyAnswerIsAtItsPosition() {
        Evaluator evaluator = new Evaluator(targeted(Condition.ALWAYS, Map.of("qa-1", "treatment"), List.of()));

        for (String unit : List.of("u1", "1000000", "qa-1", " ")) {
            Evaluation answer = evaluator.evaluate(unit, Map.of());
            String unitId = EvaluationContext.unitIdOrNull("user", unit, Map.of());
            assertThat(evaluator.answers().get(evaluator.position(unitId, unit, Map.of())))
                    .isSameAs(answer);
        }
    }

    @Test
    void overrideComesBeforeTargetingAndTraffic() {
        ExperimentRule rule = targeted(Condition.NEVER, Map.of("qa-1", "treatment"), List.of());

        Evaluation.Served served = (Evaluation.Served) Evaluator.evaluate(rule, EvaluationContext.of("qa-1"));

        assertThat(served).isEqualTo(new Evaluation.Overridden(TREATMENT, TREATMENT));
        assertThat(served.reason()).isEqualTo(Reason.TARGETING_MATCH);
        assertThat(served.variant()).contains(TREATMENT);
        assertThat(served.inExperiment()).isFalse();
    }

    @Test
    void targetingComesBeforeTraffic() {
        ExperimentRule rule =
                targeted(new Condition.Attribute(List.of("country"), new ValueTest.Exists(true)), Map.of(), List.of());

        assertThat(Evaluator.evaluate(rule, IN_TREATMENT))
                .isEqualTo(new Evaluation.NotIncluded(Outside.TARGETING, CONTROL));
        assertThat(Evaluator.evaluate(rule, new EvaluationContext("u1", Map.of("country", "DE"))))
                .isEqualTo(new Evaluation.NotIncluded(Outside.TRAFFIC, CONTROL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "targetingKey", "user"})
    void conditionMayCallTheUsersIdByEachOfItsNames(String name) {
        ExperimentRule rule = targeted(isU1(name), Map.of(), List.of());

        assertThat(Evaluator.evaluate(rule, EvaluationContext.of("u1")))
                .isEqualTo(new Evaluation.NotIncluded(Outside.TRAFFIC, CONTROL));
        assertThat(Evaluator.evaluate(rule, new EvaluationContext(null, Map.of("user", "u1"))))
                .isEqualTo(new Evaluation.NotIncluded(Outside.TRAFFIC, CONTROL));
        assertThat(Evaluator.evaluate(rule, EvaluationContext.of("u2")))
                .isEqualTo(new Evaluation.NotIncluded(Outside.TARGETING, CONTROL));
    }

    @Test
    void conditionOnTheUsersIdHoldsForExperimentsOnOtherUnitsToo() {
        ExperimentRule rule = new ExperimentRule(
                "button",
                1,
                "account",
                new Phase.Running(),
                List.of(CONTROL, TREATMENT),
                0,
                hashed(1),
                new Condition.Not(isU1("id")),
                Map.of());

        assertThat(Evaluator.evaluate(rule, new EvaluationContext("u1", Map.of("account", "u1"))))
                .isEqualTo(new Evaluation.NotIncluded(Outside.TARGETING, CONTROL));
        assertThat(Evaluator.evaluate(rule, new EvaluationContext("u2", Map.of("account", "u1"))))
                .isEqualTo(new Evaluation.Split(TREATMENT, TREATMENT));
    }

    @Test
    void attributeThatIsCalledLikeTheUsersIdIsWhatTheConditionAsksFor() {
        ExperimentRule rule = targeted(isU1("id"), Map.of(), List.of());

        assertThat(Evaluator.evaluate(rule, new EvaluationContext("u1", Map.of("id", "a-7"))))
                .isEqualTo(new Evaluation.NotIncluded(Outside.TARGETING, CONTROL));
    }

    private static Condition isU1(String attribute) {
        return new Condition.Attribute(List.of(attribute), new ValueTest.StrictlyEquals("u1"));
    }

    @Test
    void filtersKeepUnitsOutInTheirOrder() {
        List<BucketRange> withoutU1 = List.of(new BucketRange(0, 9_211), new BucketRange(9_212, 10_000));
        Filter holdout = new Filter(Filter.Kind.HOLDOUT, SEED, withoutU1);
        Filter layer = new Filter(Filter.Kind.LAYER, SEED, withoutU1);

        assertThat(Evaluator.evaluate(
                        targeted(Condition.ALWAYS, Map.of(), List.of(holdout, layer)), EvaluationContext.of("u1")))
                .isEqualTo(new Evaluation.NotIncluded(Outside.HOLDOUT, CONTROL));
        assertThat(Evaluator.evaluate(
                        targeted(Condition.ALWAYS, Map.of(), List.of(layer, holdout)), EvaluationContext.of("u1")))
                .isEqualTo(new Evaluation.NotIncluded(Outside.LAYER, CONTROL));
        assertThat(Evaluator.evaluate(
                        targeted(Condition.ALWAYS, Map.of(), List.of(layer, holdout)), EvaluationContext.of("u2")))
                .isEqualTo(new Evaluation.NotIncluded(Outside.TRAFFIC, CONTROL));
    }

    @Test
    void treatmentKeepsItsUnitsWhenTrafficGrows() {
        Evaluator small = running(0.1);
        Evaluator large = running(0.73);
        IntStream.range(0, 20_000)
                .mapToObj(i -> EvaluationContext.of("user-" + i))
                .forEach(context -> {
                    Evaluation.Served before = (Evaluation.Served) small.evaluate(context);
                    if (before.inExperiment()) {
                        assertThat(large.evaluate(context)).isEqualTo(before);
                    }
                });
    }

    @Test
    void sharesOfUnitsConvergeToTheWeights() {
        BucketLayout layout = BucketLayoutTest.layout(List.of(1.0, 3.0), 0.8);
        Evaluator evaluator = new Evaluator(
                rule(List.of(CONTROL, TREATMENT), new Assignment.Hashed(SEED, layout, List.of()), new Phase.Running()));
        Map<String, Integer> counts = new HashMap<>();
        int units = 400_000;
        for (int i = 0; i < units; i++) {
            Evaluation.Served served = (Evaluation.Served) evaluator.evaluate(EvaluationContext.of("user-" + i));
            counts.merge(served.variant().map(Arm::key).orElse("outside"), 1, Integer::sum);
        }

        // Five standard deviations of a share at 400,000 units are at most 0.004.
        assertThat(counts.getOrDefault("control", 0) / (double) units).isEqualTo(0.2, within(0.004));
        assertThat(counts.getOrDefault("treatment", 0) / (double) units).isEqualTo(0.6, within(0.004));
        assertThat(counts.getOrDefault("outside", 0) / (double) units).isEqualTo(0.2, within(0.004));
    }

    @Test
    void neighboursInOneLayerNeverShareAUnit() {
        Evaluator left = inLayer("8c1d5e0a4b7f9263", new BucketRange(0, 3_000));
        Evaluator right = inLayer("77aa01b2c3d4e5f6", new BucketRange(3_000, 10_000));
        int inLeft = 0;
        for (int i = 0; i < 20_000; i++) {
            EvaluationContext context = EvaluationContext.of("user-" + i);
            boolean isInLeft = ((Evaluation.Served) left.evaluate(context)).inExperiment();
            boolean isInRight = ((Evaluation.Served) right.evaluate(context)).inExperiment();
            assertThat(isInLeft).isNotEqualTo(isInRight);
            inLeft += isInLeft ? 1 : 0;
        }

        assertThat(inLeft / 20_000.0).isEqualTo(0.3, within(0.02));
    }

    private static Evaluator inLayer(String seed, BucketRange range) {
        BucketLayout layout = BucketLayoutTest.layout(List.of(1.0, 1.0), 1);
        Filter layer = new Filter(Filter.Kind.LAYER, "layer:main", List.of(range));
        return new Evaluator(rule(
                List.of(CONTROL, TREATMENT), new Assignment.Hashed(seed, layout, List.of(layer)), new Phase.Running()));
    }

    private static Evaluator running(double traffic) {
        return new Evaluator(rule(List.of(CONTROL, TREATMENT), hashed(traffic), new Phase.Running()));
    }

    private static Assignment hashed(double traffic) {
        return new Assignment.Hashed(SEED, BucketLayoutTest.layout(List.of(1.0, 1.0), traffic), List.of());
    }

    private static ExperimentRule rule(List<Arm> arms, Assignment assignment, Phase phase) {
        return new ExperimentRule("button", 1, "user", phase, arms, 0, assignment, Condition.ALWAYS, Map.of());
    }

    private static ExperimentRule onAccounts() {
        return new ExperimentRule(
                "button",
                1,
                "account",
                new Phase.Running(),
                List.of(CONTROL, TREATMENT),
                0,
                hashed(1),
                Condition.ALWAYS,
                Map.of());
    }

    /** At half traffic, where u1 and u2 are outside. */
    private static ExperimentRule targeted(Condition targeting, Map<String, String> overrides, List<Filter> filters) {
        BucketLayout layout = BucketLayoutTest.layout(List.of(1.0, 1.0), 0.5);
        return new ExperimentRule(
                "button",
                1,
                "user",
                new Phase.Running(),
                List.of(CONTROL, TREATMENT),
                0,
                new Assignment.Hashed(SEED, layout, filters),
                targeting,
                overrides);
    }
}
