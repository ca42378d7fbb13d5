package dev.microlift.stats;

import static dev.microlift.stats.Printed.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanningTest {
    private static final Planning.Demand DEMAND = new Planning.Demand(0.05, 0.8, 1, 1);
    private static final double[] EQUAL = {1, 1};

    private static Planning.Size size(double rate, double lift) {
        return Planning.size(Planning.Metric.binary(rate), lift, DEMAND, EQUAL, null, 0);
    }

    @ParameterizedTest
    @CsvSource({"0.02, 315204", "0.10, 57760", "0.40, 9490"})
    void aFivePercentLiftNeedsTheKnownUnitsInEachArm(double rate, long expected) {
        assertThat(size(rate, 0.05).nArms()).containsExactly(expected, expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.03, 0.2, 0.5})
    void thePlannedSizeHasThePlannedPowerAndDetectsThePlannedLift(double rate) {
        Planning.Metric metric = Planning.Metric.binary(rate);
        List<Long> n = Objects.requireNonNull(size(rate, 0.1).nArms());
        Planning.Achieved achieved = Planning.achieved(metric, 0.1, n.get(0), n.get(1), 0.05, 1);
        assertThat(achieved.power()).isCloseTo(0.8, within(1e-3));
        assertThat(Planning.detectable(metric, n.get(0), n.get(1), DEMAND).mdeRel())
                .isCloseTo(0.1, within(1e-3));
    }

    @Test
    void theSmallestTreatmentSetsTheSize() {
        Planning.Metric metric = Planning.Metric.mean(10, 5);
        Planning.Size two = Planning.size(metric, 0.1, DEMAND, EQUAL, 100.0, 7);
        Planning.Size three = Planning.size(metric, 0.1, DEMAND, new double[] {1, 1, 0.5}, 100.0, 7);
        assertThat(two.nTotal()).isEqualTo(785);
        assertThat(two.days()).isEqualTo(8 + 7);
        assertThat(figure(Objects.requireNonNull(three.nTotal()).doubleValue())).isGreaterThan(785 * 1.25);
    }

    @Test
    void anArmWithFewExpectedConversionsIsFlagged() {
        assertThat(size(0.0001, 5).fewConversions()).isTrue();
        assertThat(size(0.02, 0.05).fewConversions()).isFalse();
    }

    @Test
    void aTestThatWouldNeverEndIsRefused() {
        Planning.Size endless = Planning.size(Planning.Metric.binary(0.02), 1e-6, DEMAND, EQUAL, 1e-7, 7);
        assertThat(endless.reason()).isEqualTo(Reason.NON_FINITE_INPUT);
        assertThat(endless.days()).isNull();
    }

    @Test
    void impossibleDemandsAreRefused() {
        assertThat(size(0, 0.1).reason()).isEqualTo(Reason.INVALID_INPUT);
        assertThat(size(0.5, 0).reason()).isEqualTo(Reason.INVALID_INPUT);
        assertThat(size(0.5, 1).reason()).isEqualTo(Reason.MDE_OUT_OF_RANGE);
        assertThat(size(0.5, -1).reason()).isEqualTo(Reason.MDE_OUT_OF_RANGE);
        assertThat(size(0.5, Double.NaN).reason()).isEqualTo(Reason.NON_FINITE_INPUT);
        Planning.Demand cheap = new Planning.Demand(0.05, 0.8, 1, 0.5);
        assertThat(Planning.detectable(Planning.Metric.binary(0.1), 100, 100, cheap)
                        .reason())
                .isEqualTo(Reason.INVALID_INPUT);
        assertThat(Planning.detectable(Planning.Metric.binary(0.1), 1, 100, DEMAND)
                        .reason())
                .isEqualTo(Reason.TOO_FEW_UNITS);
    }

    @Test
    void theMostFrequentStepOfAJourneyIsTheMostSensitive() {
        List<Planning.Metric> steps =
                List.of(Planning.Metric.binary(0.6), Planning.Metric.binary(0.3), Planning.Metric.binary(0.05));
        JourneyPlan.Traffic traffic = new JourneyPlan.Traffic(2_000, 3, 21L);
        JourneyPlan.Result plan = JourneyPlan.of(steps, 0.05, 0.05, 0.8, 1, EQUAL, traffic);
        assertThat(plan.ranking()).containsExactly(0, 1, 2);
        JourneyPlan.Row goal = plan.rows().get(2);
        assertThat(goal.size()).isEqualTo(Planning.size(steps.get(2), 0.05, DEMAND, EQUAL, 2_000.0, 3));
        assertThat(goal.detectable()).isEqualTo(Planning.detectable(steps.get(2), 18_000, 18_000, DEMAND));
        Planning.Demand twoSteps = new Planning.Demand(0.05, 0.8, 2, 1);
        assertThat(plan.rows().get(0).size()).isEqualTo(Planning.size(steps.get(0), 0.05, twoSteps, EQUAL, 2_000.0, 3));
    }

    @Test
    void aStepThatCannotMoveSoFarComesLastButKeepsItsDetectableLift() {
        List<Planning.Metric> steps = List.of(Planning.Metric.binary(0.9), Planning.Metric.binary(0.1));
        JourneyPlan.Traffic traffic = new JourneyPlan.Traffic(2_000, 0, 14L);
        JourneyPlan.Result plan = JourneyPlan.of(steps, 0.2, 0.05, 0.8, 1, EQUAL, traffic);
        assertThat(plan.ranking()).containsExactly(1, 0);
        assertThat(plan.rows().get(0).size().reason()).isEqualTo(Reason.MDE_OUT_OF_RANGE);
        assertThat(plan.rows().get(0).detectable().reason()).isNull();
    }
}
