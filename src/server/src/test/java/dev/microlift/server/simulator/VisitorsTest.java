package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VisitorsTest {

    private static final int MANY = 100_000;

    /** Five standard errors of a share among that many: never passed by chance, and the seeds are fixed anyway. */
    private static final double TOLERANCE = 5 * 0.5 / Math.sqrt(MANY);

    private static final Duration SPREAD = Duration.ofDays(3);
    private static final Shop SHOP = new Shop(Map.of(), Map.of(ShopStep.VIEW, 0.1, ShopStep.PURCHASE, -0.5), 40);

    private static Visitors visitors(Shop shop, long seed, double crossover, double lost) {
        return new Visitors(shop, new Crowd(MANY, seed, SPREAD, crossover, lost));
    }

    private static Stream<Visit> visits(Visitors visitors, Arm arm) {
        return LongStream.range(0, MANY).mapToObj(unit -> visitors.visit(unit, arm));
    }

    private static double share(Visitors visitors, Arm arm, Predicate<Visit> what) {
        return visits(visitors, arm).filter(what).count() / (double) MANY;
    }

    private static boolean did(Visit visit, ShopStep step) {
        return visit.acts().stream().anyMatch(act -> act.step() == step);
    }

    @Test
    void everyStepIsDoneAsOftenAsTheShopSays() {
        Visitors visitors = visitors(SHOP, 7, 0, 0);

        for (Arm arm : Arm.values()) {
            for (ShopStep step : ShopStep.values()) {
                assertThat(share(visitors, arm, visit -> did(visit, step)))
                        .as("%s in %s", step, arm)
                        .isCloseTo(SHOP.rate(step, arm), within(TOLERANCE));
            }
        }
    }

    @Test
    void theSameSeedAndUnitBehaveTheSameWhateverWasAskedBefore() {
        Visit first = visitors(SHOP, 42, 0.1, 0.1).visit(17, Arm.TREATMENT);
        Visitors others = visitors(SHOP, 42, 0.1, 0.1);
        others.visit(3, Arm.CONTROL);

        assertThat(others.visit(17, Arm.TREATMENT)).isEqualTo(first);
        assertThat(others.attributes(17)).isEqualTo(first.attributes());
    }

    /** Changing this changes what every seed plays. */
    @Test
    void visitsAreTheSameForeverAndEverywhere() {
        Visit visit = visitors(new Shop(Map.of(), Map.of(), 40), 42, 0, 0).visit(4, Arm.CONTROL);

        assertThat(visit.toString())
                .isEqualTo("Visit[attributes=Attributes[device=mobile, channel=social], age=PT66H7M11.77S, lost=false,"
                        + " crossover=Optional.empty, acts=[Act[step=SEARCH, sinceExposure=PT28.164S],"
                        + " Act[step=VIEW, sinceExposure=PT1M29.795S]], orderValue=30.8]");
    }

    @Test
    void anotherSeedIsAnotherCrowd() {
        List<Visit> one = new ArrayList<>();
        List<Visit> other = new ArrayList<>();
        for (long unit = 0; unit < 20; unit++) {
            one.add(visitors(SHOP, 1, 0, 0).visit(unit, Arm.CONTROL));
            other.add(visitors(SHOP, 2, 0, 0).visit(unit, Arm.CONTROL));
        }

        assertThat(one).doesNotContainAnyElementsOf(other);
    }

    @Test
    void aUnitDiffersBetweenVariantsOnlyWhereTheirRatesDo() {
        Visitors visitors = visitors(new Shop(Map.of(), Map.of(), 40), 5, 0.2, 0);

        for (long unit = 0; unit < 200; unit++) {
            assertThat(visitors.visit(unit, Arm.TREATMENT)).isEqualTo(visitors.visit(unit, Arm.CONTROL));
        }
    }

    @Test
    void stepsComeInTheirOrderAndTheVisitIsOverWhenTheRunBegins() {
        Visitors visitors = visitors(new Shop(certain(), Map.of(), 40), 9, 1, 0);

        assertThat(visits(visitors, Arm.CONTROL).limit(1000)).allSatisfy(visit -> {
            assertThat(visit.acts()).extracting(Visit.Act::step).containsExactly(ShopStep.values());
            List<Duration> times = new ArrayList<>(
                    visit.acts().stream().map(Visit.Act::sinceExposure).toList());
            times.add(visit.crossover().orElseThrow());
            assertThat(times).isSorted().doesNotHaveDuplicates();
            assertThat(times.get(0)).isPositive();
            assertThat(visit.age()).isGreaterThan(times.get(times.size() - 1)).isLessThan(SPREAD.plusHours(1));
        });
    }

    private static Map<ShopStep, Double> certain() {
        return Map.of(ShopStep.SEARCH, 1.0, ShopStep.VIEW, 1.0, ShopStep.CART, 1.0, ShopStep.PURCHASE, 1.0);
    }

    @Test
    void orderValuesHaveTheStatedMean() {
        double mean = visits(visitors(SHOP, 11, 0, 0), Arm.CONTROL)
                .mapToDouble(Visit::orderValue)
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(40, within(0.5));
    }

    @Test
    void crossoversAreInBothVariantsAndLostUnitsInTreatmentOnly() {
        Visitors visitors = visitors(SHOP, 13, 0.05, 0.1);

        for (Arm arm : Arm.values()) {
            assertThat(share(visitors, arm, visit -> visit.crossover().isPresent()))
                    .isCloseTo(0.05, within(TOLERANCE));
        }
        assertThat(share(visitors, Arm.CONTROL, Visit::lost)).isZero();
        assertThat(share(visitors, Arm.TREATMENT, Visit::lost)).isCloseTo(0.1, within(TOLERANCE));
    }
}
