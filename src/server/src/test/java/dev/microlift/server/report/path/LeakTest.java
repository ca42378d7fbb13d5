package dev.microlift.server.report.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.analysis.Path;
import dev.microlift.server.report.study.Studies;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakTest {

    private static final Leak.Counts USUAL = new Leak.Counts(1000, 200, 700, 100, 0);

    private static Leak leak(Leak.Kind kind, Leak.Counts now) {
        return Leak.of(List.of(new Leak.Part("all", now, USUAL)), "previousDays", 10, 0.05).stream()
                .filter(found -> found.leak() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void unitsAreCountedByHowFarTheyGot() {
        var arm = Studies.arm(
                "all",
                10,
                List.of(
                        new Path(0b00, 0b00, 0, 0, 4),
                        new Path(0b01, 0b01, 1, 1, 3),
                        new Path(0b10, 0b00, 2, 0, 2),
                        new Path(0b11, 0b01, 2, 2, 1)),
                List.of());

        assertThat(Leak.Counts.of(Studies.journey("view", "buy").steps(), arm))
                .isEqualTo(new Leak.Counts(10, 6, 3, 3, 2));
    }

    @Test
    void countsOfSeveralDaysAddUp() {
        assertThat(USUAL.plus(new Leak.Counts(10, 1, 2, 3, 4))).isEqualTo(new Leak.Counts(1010, 201, 702, 103, 4));
        assertThat(Leak.Counts.NONE.plus(USUAL)).isEqualTo(USUAL);
    }

    @Test
    void aRisingShareIsPricedByWhatIsUsual() {
        Leak idle = leak(Leak.Kind.TRAFFIC_WITHOUT_MICRO_STEP, new Leak.Counts(1000, 300, 612, 88, 0));

        assertThat(idle.rising()).isTrue();
        // 100 units more than usual did nothing, in 10 days; of those that do something 100 of 800 reach the goal.
        assertThat(idle.lostGoalsPerDay()).isCloseTo(100 / 10.0 * 100 / 800, within(1e-9));
    }

    @Test
    void aShareAsUsualIsNoLeak() {
        assertThat(leak(Leak.Kind.TRAFFIC_WITHOUT_MICRO_STEP, USUAL).rising()).isFalse();
        assertThat(leak(Leak.Kind.TRAFFIC_WITHOUT_MICRO_STEP, USUAL).lostGoalsPerDay())
                .isNull();
    }

    @Test
    void aGoalThatNobodyReachesAnyMoreIsALeak() {
        Leak stuck = leak(Leak.Kind.MICRO_STEP_WITHOUT_GOAL, new Leak.Counts(1000, 200, 800, 0, 0));

        assertThat(stuck.share()).isEqualTo(1);
        assertThat(stuck.pValue()).isCloseTo(5.811450864545757e-32, within(1e-41));
        assertThat(stuck.rising()).isTrue();
        assertThat(stuck.lostGoalsPerDay()).isCloseTo(100 / 10.0, within(1e-9));
        assertThat(stuck.reason()).isNull();
    }

    @Test
    void trafficThatDoesNothingAnyMoreIsALeak() {
        Leak idle = leak(Leak.Kind.TRAFFIC_WITHOUT_MICRO_STEP, new Leak.Counts(100, 100, 0, 0, 0));

        assertThat(idle.rising()).isTrue();
        // 80 of 100 would have done something, and an eighth of them have reached the goal.
        assertThat(idle.lostGoalsPerDay()).isCloseTo(80 / 10.0 / 8, within(1e-9));
    }

    @Test
    void theFirstHolesInTheTrackingAreALeak() {
        assertThat(leak(Leak.Kind.GOAL_WITHOUT_REQUIRED_STEP, new Leak.Counts(1000, 200, 700, 100, 9))
                        .rising())
                .isTrue();
    }

    @Test
    void aStepWithoutAnyLossIsNoLeak() {
        Leak holes = leak(Leak.Kind.GOAL_WITHOUT_REQUIRED_STEP, USUAL);

        assertThat(holes.pValue()).isEqualTo(1);
        assertThat(holes.rising()).isFalse();
    }

    @Test
    void whatIsUsualNeedsUnitsToo() {
        Leak idle = Leak.of(
                        List.of(new Leak.Part("all", USUAL, new Leak.Counts(99, 0, 99, 0, 0))),
                        "previousDays",
                        10,
                        0.05)
                .get(0);

        assertThat(idle.rising()).isNull();
        assertThat(idle.reason()).isEqualTo("MINIMUM_VOLUME");
    }

    @Test
    void fewUnitsAreToldButNotCompared() {
        Leak few = leak(Leak.Kind.TRAFFIC_WITHOUT_MICRO_STEP, new Leak.Counts(99, 99, 0, 0, 0));

        assertThat(few.share()).isEqualTo(1);
        assertThat(few.rising()).isNull();
        assertThat(few.reason()).isEqualTo("MINIMUM_VOLUME");
    }
}
