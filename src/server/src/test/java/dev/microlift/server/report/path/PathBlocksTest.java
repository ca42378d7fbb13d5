package dev.microlift.server.report.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Day;
import dev.microlift.server.analysis.Path;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.analysis.StepTimes;
import dev.microlift.server.analysis.Units;
import dev.microlift.server.experiment.Method;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.report.study.Studies;
import dev.microlift.server.report.study.Study;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathBlocksTest {

    private static final Study STUDY = Studies.fixed(
            Studies.journey("view", "buy"),
            Studies.nested("control", 10_000, 1_000, 300),
            Studies.nested("treatment", 10_000, 1_500, 375));

    @Test
    void theFurthestCountsAndTheExcludedAddUpToTheExposed() {
        Arm half = new Arm("control", 60, 50, 50, List.of(new Path(1, 1, 1, 1, 50)), List.of(), List.of(), List.of());

        FunnelBlock funnel = FunnelBlock.of(
                STUDY.steps(),
                List.of(half),
                new Units(70, 6, 4, 0, 0, List.of(6L), 0),
                StepOrder.FURTHEST,
                Population.MATURED);

        long counted = funnel.variants().get(0).furthest().stream()
                .mapToLong(Long::longValue)
                .sum();
        FunnelBlock.Excluded excluded = funnel.excluded();
        assertThat(counted + excluded.crossovers() + excluded.overridden() + excluded.open())
                .isEqualTo(70);
        assertThat(funnel.variants().get(0).reach()).containsExactly(50L, 50L, 0L);
        assertThat(funnel.variants().get(0).fromPrevious()).containsExactly(1.0, 0.0);
    }

    @Test
    void contributionsAddUpToTheLogarithmOfTheGoalsRatio() {
        DecompositionBlock block = DecompositionBlock.of(STUDY).get(0);

        assertThat(block.label()).isEqualTo("descriptive");
        assertThat(block.total().estimate()).isCloseTo(Math.log(1.25), within(1e-12));
        assertThat(block.contributions().get(0).estimate()).isCloseTo(Math.log(1.5), within(1e-12));
        assertThat(block.contributions().get(1).estimate()).isCloseTo(Math.log(0.25 / 0.3), within(1e-12));
    }

    /** The example of the method's own description. */
    @Test
    void theEffectAmongAlwaysReachersIsBounded() {
        BoundsBlock block = BoundsBlock.of(STUDY).get(0);

        assertThat(block.step()).isEqualTo("view");
        assertThat(block.lower()).isCloseTo(-0.3, within(1e-9));
        assertThat(block.upper()).isCloseTo(0.075, within(1e-9));
    }

    @Test
    void extraMicroConversionsHaveAYieldOfTheirOwn() {
        YieldBlock block = YieldBlock.of(STUDY).get(0);

        assertThat(block.yield().estimate()).isCloseTo(75.0 / 500, within(1e-12));
        assertThat(block.controlYield()).isCloseTo(0.3, within(1e-12));
        assertThat(block.yieldRatio().estimate()).isCloseTo(0.5, within(1e-12));
        assertThat(block.warnings()).containsExactly("LOW_INTENT_GAIN");
    }

    @Test
    void associationLooksOnlyAtStepsBeforeTheGoal() {
        Arm arm = Studies.arm(
                "control",
                1_000,
                List.of(
                        new Path(0b00, 0b00, 0, 0, 800),
                        new Path(0b01, 0b01, 1, 1, 100),
                        new Path(0b11, 0b01, 2, 2, 60),
                        // These viewed after they bought.
                        new Path(0b11, 0b00, 2, 0, 40)),
                List.of());

        AssociationBlock block = AssociationBlock.of(STUDY.steps(), arm, 0.05).get(0);

        assertThat(block.units()).isEqualTo(new AssociationBlock.Units(60, 100, 40, 800));
        assertThat(block.pGoalGivenStep()).isCloseTo(60.0 / 160, within(1e-12));
        assertThat(block.riskRatio().estimate()).isCloseTo(60.0 / 160 / (40.0 / 840), within(1e-12));
        assertThat(block.adjustedOddsRatio().estimate()).isCloseTo(60.0 * 800 / (100 * 40), within(1e-6));
    }

    @Test
    void aStepThatNobodyDidSpoilsNoOtherStepsOdds() {
        List<AssociationBlock> blocks = AssociationBlock.of(
                Studies.journey("never", "view", "buy").steps(),
                Studies.arm(
                        "control",
                        1_000,
                        List.of(
                                new Path(0b000, 0b000, 0, 0, 840),
                                new Path(0b010, 0b010, 2, 0, 100),
                                new Path(0b110, 0b010, 3, 0, 40),
                                new Path(0b100, 0b000, 3, 0, 20)),
                        List.of()),
                0.05);

        assertThat(blocks.get(0).adjustedOddsRatio().estimate()).isNull();
        assertThat(blocks.get(0).adjustedOddsRatio().reason()).isEqualTo("EMPTY_MARGIN");
        assertThat(blocks.get(1).adjustedOddsRatio().estimate()).isCloseTo(40.0 * 840 / (100 * 20), within(1e-6));
    }

    @Test
    void timeToAStepCountsUnitsThatNeverDoIt() {
        Study study = Studies.fixed(Studies.journey("buy"), timed("control", 60_000), timed("treatment", 30_000));

        TimeToStepBlock block = TimeToStepBlock.of(study).get(0);

        // 50 of 100 buy after one minute (or half), the others are followed for 100 seconds.
        assertThat(block.horizon()).isEqualTo(100);
        assertThat(block.variants().get(0).rmst()).isCloseTo(0.5 * 60 + 0.5 * 100, within(1e-9));
        assertThat(block.comparisons().get(0).difference().estimate()).isCloseTo(-15, within(1e-9));
    }

    @Test
    void anArmOfWhichNobodyIsLeftDoesNotEndTheTimeThatOthersWereFollowed() {
        Arm all = timed("treatment", new StepTimes(new long[] {0, 30_000}, new long[] {50, 50}, new long[] {0, 0}));
        Study study = Studies.fixed(Studies.journey("buy"), timed("control", 60_000), all);

        TimeToStepBlock block = TimeToStepBlock.of(study).get(0);

        assertThat(block.horizon()).isEqualTo(100);
        assertThat(block.variants().get(1).reached()).isEqualTo(1);
        assertThat(block.comparisons().get(0).difference().estimate()).isCloseTo(15 - 80, within(1e-9));
    }

    @Test
    void whereNobodyIsLeftOfAnyArmTheHorizonIsTheLastTime() {
        Arm early = timed("control", new StepTimes(new long[] {10_000, 20_000}, new long[] {50, 50}, new long[2]));
        Arm late = timed("treatment", new StepTimes(new long[] {30_000, 40_000}, new long[] {50, 50}, new long[2]));
        Study study = Studies.fixed(Studies.journey("buy"), early, late);

        TimeToStepBlock block = TimeToStepBlock.of(study).get(0);

        assertThat(block.horizon()).isEqualTo(40);
        assertThat(block.variants().get(1).reached()).isEqualTo(1);
        assertThat(block.comparisons().get(0).difference().estimate()).isCloseTo(20, within(1e-9));
    }

    @Test
    void whereNobodyIsLeftOfAnyArmTheHorizonIsTheWindow() {
        StepTimes atOnce = new StepTimes(new long[] {0}, new long[] {100}, new long[] {0});
        Plan plan = new Plan(Duration.ofMinutes(5), 0.05, Method.FIXED, null, List.of(), null);
        Study study = Studies.of(Studies.journey("buy"), plan, timed("control", atOnce), timed("treatment", atOnce));

        assertThat(TimeToStepBlock.of(study).get(0).horizon()).isEqualTo(300);
    }

    @Test
    void unitsThatAllDoAStepAtOnceHaveNoSpreadButAHorizon() {
        StepTimes atOnce = new StepTimes(new long[] {0}, new long[] {100}, new long[] {0});
        Study study = Studies.fixed(Studies.journey("buy"), timed("control", atOnce), timed("treatment", atOnce));

        TimeToStepBlock block = TimeToStepBlock.of(study).get(0);

        assertThat(block.horizon()).isPositive();
        assertThat(block.comparisons().get(0).reason()).isEqualTo("ZERO_VARIANCE");
    }

    private static Arm timed(String variant, long at) {
        return timed(variant, new StepTimes(new long[] {at, 100_000}, new long[] {50, 0}, new long[] {0, 50}));
    }

    private static Arm timed(String variant, StepTimes times) {
        Arm arm = Studies.nested(variant, 100, 50);
        return new Arm(variant, 100, 100, 100, arm.paths(), arm.steps(), List.of(times), List.of());
    }

    @Test
    void aMicroStepNeedsFewerUnitsForTheSameLift() {
        List<Day> days = List.of(
                new Day(LocalDate.of(2030, 1, 1), List.of(5_000L, 5_000L), List.of(0L, 0L)),
                new Day(LocalDate.of(2030, 1, 2), List.of(5_000L, 5_000L), List.of(0L, 0L)));

        List<SensitivityBlock> blocks = SensitivityBlock.of(STUDY, days);

        assertThat(blocks.get(0).lift()).isEqualTo(blocks.get(1).lift());
        assertThat(blocks.get(0).requiredUnits()).isLessThan(blocks.get(1).requiredUnits());
        // The lift is the one that the goal shows at the 20,000 units that are there.
        assertThat(blocks.get(1).requiredUnits()).isCloseTo(20_000, within(200L));
        assertThat(blocks.get(1).days()).isEqualTo(2);
    }
}
