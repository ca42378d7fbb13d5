package dev.microlift.server.report.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Case.Treatment UNDECIDED = treatment("b", 0.02, false);
    private static final Case.Treatment UP = treatment("b", 0.1, true);
    private static final Case.Treatment DOWN = treatment("b", -0.1, true);

    private static Case.Treatment treatment(String variant, double lift, @Nullable Boolean significant) {
        return new Case.Treatment(variant, lift, lift / 10, 0.01, significant, null, List.of(), List.of(), List.of());
    }

    private static Case.Treatment harmful(Case.Treatment of) {
        return new Case.Treatment(
                of.variant(),
                of.lift(),
                of.difference(),
                of.pAdjusted(),
                of.significant(),
                null,
                List.of("refunds"),
                List.of(),
                List.of());
    }

    private static Case running(Case.Treatment... treatments) {
        return new Case(List.of(), List.of(), List.of(treatments), false, false, false, true, 500, 1000L);
    }

    private static Case over(Case.Treatment... treatments) {
        return new Case(List.of(), List.of(), List.of(treatments), true, false, false, true, 1000, 1000L);
    }

    private static Verdict verdict(Case of) {
        return Verdict.of(of, List.of());
    }

    private static List<String> codes(List<Sentence> sentences) {
        return sentences.stream().map(Sentence::code).toList();
    }

    @Test
    void dataThatCannotBeBelievedGiveNoVerdictWhateverElseTheySay() {
        Case broken = new Case(List.of("srm"), List.of(), List.of(harmful(UP)), true, false, false, true, 1000, 1000L);

        Verdict verdict = verdict(broken);

        assertThat(verdict.decision()).isEqualTo(Decision.INVALID);
        assertThat(verdict.variant()).isNull();
        assertThat(codes(verdict.because())).containsExactly("TRUST_INVALID");
        assertThat(verdict.because().get(0).figures()).containsEntry("checks", List.of("srm"));
    }

    @Test
    void figuresThatMayStillChangeDecideNothing() {
        Case open = new Case(List.of(), List.of(), List.of(UP), true, true, false, true, 1000, 1000L);

        assertThat(verdict(open).decision()).isEqualTo(Decision.CONTINUE);
        assertThat(codes(verdict(open).because())).containsExactly("PROVISIONAL");
    }

    @Test
    void aViolatedGuardrailStopsTheTestEvenIfTheGoalGoesUp() {
        Verdict verdict = verdict(running(harmful(UP)));

        assertThat(verdict.decision()).isEqualTo(Decision.STOP);
        assertThat(codes(verdict.because())).containsExactly("GUARDRAIL_VIOLATED");
    }

    @Test
    void aGoalThatGoesUpSignificantlyShipsTheVariant() {
        Verdict verdict = verdict(running(UP));

        assertThat(verdict.decision()).isEqualTo(Decision.SHIP);
        assertThat(verdict.variant()).isEqualTo("b");
        assertThat(verdict.text()).contains("b moves the goal up by 10.0%");
    }

    @Test
    void ofSeveralWinnersTheOneWithTheLargestLiftIsShippedUnlessItDoesHarm() {
        Verdict verdict = verdict(running(UP, treatment("c", 0.2, true), harmful(treatment("d", 0.9, true))));

        assertThat(verdict.variant()).isEqualTo("c");
        assertThat(codes(verdict.because())).containsExactly("GOAL_UP", "GUARDRAIL_VIOLATED");
    }

    @Test
    void aGoalThatGoesDownSignificantlyStopsTheTest() {
        assertThat(verdict(running(DOWN)).decision()).isEqualTo(Decision.STOP);
        assertThat(codes(verdict(running(DOWN)).because())).containsExactly("GOAL_DOWN");
    }

    @Test
    void oneLosingVariantDoesNotStopTheOthers() {
        Verdict verdict = verdict(running(DOWN, treatment("c", 0.02, false)));

        assertThat(verdict.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(codes(verdict.because())).containsExactly("NOT_YET", "GOAL_DOWN");
    }

    @Test
    void aTestThatIsOverWithoutSignificanceIsInconclusive() {
        Verdict verdict = verdict(over(UNDECIDED));

        assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(codes(verdict.because())).containsExactly("END_REACHED");
    }

    private static Case ofAnotherGoal(boolean isOver, Case.Treatment treatment) {
        return new Case(List.of(), List.of(), List.of(treatment), isOver, false, false, false, 500, 1000L);
    }

    @Test
    void aGoalThatIsNotTheDecisionMetricDecidesNothing() {
        for (Case.Treatment treatment : List.of(UP, DOWN)) {
            assertThat(verdict(ofAnotherGoal(false, treatment)).decision()).isEqualTo(Decision.CONTINUE);
            assertThat(verdict(ofAnotherGoal(true, treatment)).decision()).isEqualTo(Decision.INCONCLUSIVE);
            assertThat(codes(verdict(ofAnotherGoal(true, treatment)).because()))
                    .containsExactly("NOT_THE_DECISION_METRIC");
        }
    }

    @Test
    void aViolatedGuardrailStopsTheTestWhateverGoalIsReported() {
        assertThat(verdict(ofAnotherGoal(false, harmful(UP))).decision()).isEqualTo(Decision.STOP);
    }

    @Test
    void otherwiseTheTestGoesOn() {
        Verdict verdict = verdict(running(UNDECIDED));

        assertThat(verdict.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(verdict.text()).contains("500 of 1000 planned");
    }

    @Test
    void aGoalThatCannotBeTestedIsNamedWithItsReason() {
        Case.Treatment untested = new Case.Treatment(
                "b", null, null, null, null, "TOO_FEW_UNITS", List.of(), List.of("refunds"), List.of("cart"));

        Verdict verdict = verdict(running(untested));

        assertThat(codes(verdict.because())).containsExactly("NOT_YET", "GOAL_NOT_TESTED");
        assertThat(verdict.because().get(1).figures()).containsEntry("reason", "TOO_FEW_UNITS");
        assertThat(codes(verdict.cautions())).containsExactly("GUARDRAIL_INCONCLUSIVE", "MICRO_UP_WITHOUT_GOAL");
    }
}
