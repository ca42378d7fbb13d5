package dev.microlift.server.report.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Covariate;
import dev.microlift.server.analysis.Segment;
import dev.microlift.server.analysis.StepMoments;
import dev.microlift.server.experiment.Guardrail;
import dev.microlift.server.experiment.Method;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Studies;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.NonInferiority;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricBlocksTest {

    private static final Journey BUY = Studies.journey("buy");

    /** The treatment is better by chance only: its units were better before. */
    private static Arm withPast(String variant, long before, long bought) {
        Arm arm = Studies.nested(variant, 1_000, bought);
        StepMoments moments = arm.steps().get(0);
        // Everybody who bought before buys again, and nine in ten buyers bought before.
        Covariate past = new Covariate(1_000, before, before, before, bought);
        return new Arm(
                variant,
                1_000,
                1_000,
                1_000,
                arm.paths(),
                List.of(new StepMoments(moments.didUnits(), moments.events(), 0, 0, null, past, null, null)),
                List.of(),
                List.of());
    }

    private static Comparison compare(Plan.Decision decision) {
        return compare(decision, withPast("control", 270, 300), withPast("treatment", 306, 340));
    }

    private static Comparison compare(Plan.Decision decision, Arm control, Arm treatment) {
        Plan plan = new Plan(null, 0.05, Method.FIXED, null, List.of(), Duration.ofDays(7), null, null, decision);
        return Comparisons.of(Studies.of(BUY, plan, control, treatment), true)
                .get(0)
                .get(0);
    }

    @Test
    void theSignIsThatOfTheComparisonThatDecides() {
        Comparison comparison =
                compare(Plan.Decision.ADJUSTED, withPast("control", 300, 350), withPast("treatment", 380, 390));

        assertThat(comparison.significant()).isTrue();
        assertThat(comparison.difference().estimate()).isPositive();
        assertThat(comparison.decidingDifference().estimate()).isNegative();
        assertThat(comparison.decidingLift().estimate()).isNegative();
    }

    @Test
    void fewConversionsAreNotTestedWithWhatWasKnownBeforeEither() {
        Comparison comparison = compare(Plan.Decision.ADJUSTED, withPast("control", 0, 0), withPast("treatment", 5, 7));

        assertThat(comparison.pAdjusted()).isNull();
        assertThat(comparison.significant()).isNull();
        assertThat(comparison.reason()).isEqualTo("INSUFFICIENT_CONVERSIONS");
    }

    @Test
    void anAdjustedComparisonTakesOutWhatWasKnownBefore() {
        Comparison comparison = compare(Plan.Decision.UNADJUSTED);

        Adjusted adjusted = Objects.requireNonNull(comparison.adjusted());
        assertThat(adjusted.varianceRatio()).isLessThan(0.2);
        assertThat(adjusted.coverage()).containsExactly(1.0, 1.0);
        assertThat(size(adjusted.difference())).isLessThan(size(comparison.difference()) / 2);
    }

    @Test
    void howManyUnitsThereAreDoesNotDecideWhetherARateIsAdjusted() {
        for (int n = 60; n < 400; n++) {
            Comparison comparison = compare(
                    Plan.Decision.ADJUSTED, withPast("control", n, n / 3, 15), withPast("treatment", n, n / 3, 45));

            assertThat(comparison.reason()).as("%d units", n).isNull();
        }
    }

    /** Of so many units; of those who bought before, ten buy again. */
    private static Arm withPast(String variant, long units, long before, long bought) {
        StepMoments moments = Studies.nested(variant, units, bought).steps().get(0);
        Covariate past = new Covariate(units, before, before, 10, bought);
        return new Arm(
                variant,
                units,
                units,
                units,
                Studies.nested(variant, units, bought).paths(),
                List.of(new StepMoments(moments.didUnits(), moments.events(), 0, 0, null, past, null, null)),
                List.of(),
                List.of());
    }

    private static double size(Estimate estimate) {
        return Math.abs(Objects.requireNonNull(estimate.estimate()));
    }

    @Test
    void thePlanSaysWhichComparisonDecides() {
        Comparison unadjusted = compare(Plan.Decision.UNADJUSTED);
        Comparison adjusted = compare(Plan.Decision.ADJUSTED);

        assertThat(unadjusted.pAdjusted()).isEqualTo(unadjusted.pValue());
        assertThat(adjusted.pAdjusted())
                .isEqualTo(Objects.requireNonNull(adjusted.adjusted()).pValue());
        assertThat(adjusted.pValue()).isEqualTo(unadjusted.pValue());
    }

    @Test
    void theBayesianViewWarnsOfWhatItIsNotFor() {
        Bayes bayes = Objects.requireNonNull(compare(Plan.Decision.UNADJUSTED).bayes());

        assertThat(bayes.chanceToBeatControl()).isCloseTo(0.972, within(0.005));
        assertThat(bayes.warning()).startsWith("Not for stopping");
    }

    private static GuardrailBlock.Judged guard(Method method, @Nullable Long planned, long control, long treatment) {
        Guardrail refunds = new Guardrail(
                new Guardrail.Metric("refunds", new EventMatch("Refunded", List.of()), Guardrail.Type.CONVERSION, null),
                0.05,
                Guardrail.Direction.DECREASE);
        Study study = Studies.of(
                BUY,
                new Plan(null, 0.05, method, planned, List.of(), null),
                Studies.guarded(Studies.nested("control", 10_000, 100), "refunds", control),
                Studies.guarded(Studies.nested("treatment", 10_000, 100), "refunds", treatment));
        return GuardrailBlock.of(study, List.of(refunds)).get(0).comparisons().get(0);
    }

    @Test
    void aGuardrailIsJudgedOnceAtTheEndAndByEveryLookBefore() {
        assertThat(guard(Method.FIXED, 20_000L, 1_000, 1_400).method()).isEqualTo("fixed");
        assertThat(guard(Method.FIXED, 20_001L, 1_000, 1_400).method()).isEqualTo("sequential");
        assertThat(guard(Method.HYBRID, 20_000L, 1_000, 1_400).alpha()).isCloseTo(0.04, within(1e-12));
        assertThat(guard(Method.HYBRID, 40_000L, 1_000, 1_400).alpha()).isCloseTo(0.01, within(1e-12));
    }

    private static Study beyondItsEnd(Method method, long boughtAtEnd, long bought, long refundsAtEnd, long refunds) {
        Arm control = Studies.guarded(Studies.nested("control", 1_000, 300), "refunds", 100);
        Arm then = Studies.guarded(Studies.nested("treatment", 1_000, boughtAtEnd), "refunds", refundsAtEnd);
        Arm now = Studies.guarded(Studies.nested("treatment", 1_500, bought), "refunds", refunds);
        return Studies.of(BUY, new Plan(null, 0.05, method, 2_000L, List.of(), null), control, now)
                .concludingFrom(List.of(control, then));
    }

    private static Comparison compare(Study study) {
        return Comparisons.of(study, true).get(0).get(0);
    }

    @Test
    void unitsThatMatureAfterThePlannedEndCannotMakeTheFinalAnalysisSignificant() {
        for (Method method : List.of(Method.FIXED, Method.HYBRID)) {
            Comparison comparison = compare(beyondItsEnd(method, 310, 520, 100, 100));

            assertThat(comparison.pAdjusted()).isLessThan(0.04);
            assertThat(comparison.significant()).isFalse();
            assertThat(Objects.requireNonNull(comparison.finalAnalysis()).units())
                    .isEqualTo(2_000);
            assertThat(comparison.finalAnalysis().pAdjusted()).isGreaterThan(0.5);
        }
    }

    @Test
    void whatTheFinalAnalysisFoundStaysWhateverComesAfter() {
        Comparison comparison = compare(beyondItsEnd(Method.HYBRID, 350, 440, 100, 100));

        assertThat(comparison.significant()).isTrue();
        assertThat(comparison.difference().estimate()).isNegative();
        assertThat(comparison.decidingDifference().estimate()).isCloseTo(0.05, within(1e-12));
        assertThat(comparison.decidingP()).isLessThan(0.04);
    }

    @Test
    void theFinalAnalysisOfAHybridPlanHasTheLevelThatIsLeft() {
        Comparison.FinalAnalysis hybrid = Objects.requireNonNull(
                compare(beyondItsEnd(Method.HYBRID, 350, 440, 100, 100)).finalAnalysis());
        Comparison.FinalAnalysis fixed = Objects.requireNonNull(
                compare(beyondItsEnd(Method.FIXED, 350, 440, 100, 100)).finalAnalysis());

        assertThat(hybrid.alpha()).isCloseTo(0.04, within(1e-12));
        assertThat(fixed.alpha()).isEqualTo(0.05);
        assertThat(hybrid.pValue()).isEqualTo(fixed.pValue());
        assertThat(Objects.requireNonNull(hybrid.difference().ci()).get(0))
                .isLessThan(Objects.requireNonNull(fixed.difference().ci()).get(0));
    }

    @Test
    void afterThePlannedEndAConclusionOfEveryLookRestsOnAllUnits() {
        Comparison comparison = compare(beyondItsEnd(Method.HYBRID, 310, 900, 100, 100));

        assertThat(comparison.significant()).isTrue();
        assertThat(comparison.decidingDifference()).isEqualTo(comparison.difference());
    }

    @Test
    void aPlanThatIsReadOnceTellsNeitherPValueNorIntervalBefore() {
        Comparison comparison = compare(Studies.of(
                BUY,
                new Plan(null, 0.05, Method.FIXED, 2_001L, List.of(), Duration.ofDays(7)),
                withPast("control", 270, 300),
                withPast("treatment", 306, 340)));

        assertThat(comparison.difference().estimate()).isCloseTo(0.04, within(1e-12));
        assertThat(comparison.difference().ci()).isNull();
        assertThat(comparison.lift().ci()).isNull();
        assertThat(comparison.pValue()).isNull();
        assertThat(comparison.pAdjusted()).isNull();
        assertThat(Objects.requireNonNull(comparison.adjusted()).pValue()).isNull();
        assertThat(comparison.adjusted().difference().ci()).isNull();
        assertThat(comparison.reason()).isEqualTo("READ_ONCE");
        assertThat(comparison.finalAnalysis()).isNull();
        assertThat(comparison.significant()).isFalse();
    }

    @Test
    void unitsThatMatureAfterThePlannedEndChangeNoGuardrailEither() {
        Guardrail refunds = new Guardrail(
                new Guardrail.Metric("refunds", new EventMatch("Refunded", List.of()), Guardrail.Type.CONVERSION, null),
                0.05,
                Guardrail.Direction.DECREASE);
        GuardrailBlock block = GuardrailBlock.of(beyondItsEnd(Method.FIXED, 300, 450, 105, 300), List.of(refunds))
                .get(0);

        assertThat(block.variants().get(1).units()).isEqualTo(300);
        assertThat(block.comparisons().get(0).verdict()).isEqualTo(NonInferiority.Verdict.INCONCLUSIVE);
        assertThat(block.comparisons().get(0).lift()).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void aGuardrailIsViolatedPassedOrUndecided() {
        assertThat(guard(Method.FIXED, null, 1_000, 1_400).verdict()).isEqualTo(NonInferiority.Verdict.VIOLATED);
        assertThat(guard(Method.FIXED, null, 1_000, 800).verdict()).isEqualTo(NonInferiority.Verdict.PASS);
        assertThat(guard(Method.FIXED, null, 1_000, 1_040).verdict()).isEqualTo(NonInferiority.Verdict.INCONCLUSIVE);
        assertThat(guard(Method.FIXED, null, 5, 3).reason()).isEqualTo("INSUFFICIENT_CONVERSIONS");
    }

    private static SegmentBlock segments(long mobileTreatment) {
        Study study =
                Studies.fixed(BUY, Studies.nested("control", 2_000, 400), Studies.nested("treatment", 2_000, 400));
        return SegmentBlock.of(
                        study,
                        List.of("device"),
                        List.of(segment("desktop", 200, 200), segment("mobile", 200, mobileTreatment)))
                .get(0);
    }

    private static Segment segment(String value, long control, long treatment) {
        return new Segment(
                "device",
                value,
                List.of(1_000L, 1_000L),
                List.of(Studies.nested("control", 1_000, control), Studies.nested("treatment", 1_000, treatment)));
    }

    @Test
    void segmentsThatDoNotDifferGetNoPValuesOfTheirOwn() {
        SegmentBlock.Compared mobile =
                segments(230).values().get(1).metrics().get(0).comparisons().get(0);

        assertThat(mobile.difference().estimate()).isCloseTo(0.03, within(1e-12));
        assertThat(mobile.pValue()).isNull();
        assertThat(mobile.reason()).isEqualTo("NOT_HETEROGENEOUS");
    }

    @Test
    void segmentsThatDifferDoGetPValues() {
        SegmentBlock block = segments(400);

        assertThat(block.heterogeneity().get(0).pAdjusted()).isLessThan(0.001);
        assertThat(block.values().get(1).metrics().get(0).comparisons().get(0).pValue())
                .isLessThan(0.001);
    }

    @Test
    void anAttributeThatNoUnitHasIsAnEmptyBlockWithAReason() {
        Study study = Studies.fixed(BUY, Studies.nested("control", 0, 0), Studies.nested("treatment", 0, 0));

        assertThat(SegmentBlock.of(study, List.of("device"), List.of()).get(0).reason())
                .isEqualTo("NO_UNITS");
    }
}
