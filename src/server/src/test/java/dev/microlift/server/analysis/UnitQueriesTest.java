package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.at;
import static dev.microlift.server.analysis.Events.byBot;
import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Units one by one, day by day, and as they come in. */
class UnitQueriesTest extends StoredEvents {

    private static final long DAY = Duration.ofDays(1).toMillis();

    @BeforeEach
    void someUnits() {
        store(
                exposure("x1", "u1", "c", 0),
                event("e1", "u1", "View", 10),
                event("e2", "u1", "Cart", 20),
                event("e3", "u1", "Buy", 30, "{\"revenue\": 5}"));
        store(exposure("x2", "u2", "t", DAY), event("e4", "u2", "View", DAY + 5), event("e5", "u2", "Cart", DAY + 50));
        store(exposure("x3", "u3", "t", DAY), exposure("x4", "u3", "c", DAY + 1));
    }

    private static Question question() {
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(100);
        return ask.question();
    }

    @Test
    void unitsAreExportedInTheOrderOfTheirIds() {
        List<UnitRow> rows = new ArrayList<>();
        analysis().export(question(), rows::add);

        assertThat(rows).extracting(UnitRow::unit).containsExactly("u1", "u2", "u3");
        assertThat(rows).extracting(UnitRow::fate).containsExactly("compared", "compared", "crossover");
        assertThat(rows.get(2).variant()).isEqualTo("t");
        assertThat(rows.get(0).steps().get(2)).isEqualTo(new UnitRow.Done(at(30), 1, 5));
        assertThat(rows.get(1).steps().get(2)).isEqualTo(new UnitRow.Done(null, 0, 0));
    }

    @Test
    void ofMaturedUnitsNoneIsExportedWhoseWindowIsOpen() {
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(100);
        ask.end = at(DAY + 100);
        ask.population = Population.MATURED;
        List<UnitRow> rows = new ArrayList<>();
        store(exposure("x5", "u5", "c", DAY + 1));
        analysis().export(ask.question(), rows::add);

        assertThat(rows).extracting(UnitRow::unit).containsExactly("u1", "u2", "u3");
    }

    @Test
    void aUnitThatOnlyRobotsSpeakOfSawNoVariant() {
        store(byBot(exposure("x5", "u4", "t", 0)));
        List<UnitRow> rows = new ArrayList<>();
        analysis().export(question(), rows::add);

        assertThat(rows.get(3).fate()).isEqualTo("bot");
        assertThat(rows.get(3).variant()).isNull();
    }

    @Test
    void anAudienceIsWhoDidOneStepInTimeAndNotAnother() {
        List<String> units = new ArrayList<>();
        analysis().audience(question(), new Audience(Set.of(1), Set.of(2), Duration.ofMillis(60), "t"), units::add);
        assertThat(units).containsExactly("u2");

        units.clear();
        analysis().audience(question(), new Audience(Set.of(1), Set.of(), Duration.ofMillis(30), null), units::add);
        assertThat(units).containsExactly("u1");
    }

    @Test
    void theSeriesTellsAtTheEndOfEachDayWhatWasKnownUntilThen() {
        List<TimePoint> points = analysis().timeSeries(question());

        assertThat(points).hasSize(2);
        assertThat(points.get(0).arms()).extracting(TimePoint.ArmAtDay::n).containsExactly(1L, 0L);
        assertThat(points.get(1).arms()).extracting(TimePoint.ArmAtDay::n).containsExactly(1L, 1L);
        assertThat(points.get(1).arms().get(0).values().get(2)).isEqualTo(new TimePoint.ValueSums(5, 25));
    }

    @Test
    void unitsThatTheEndCutsShortAreInNoSeriesOfMaturedOnes() {
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(100);
        ask.end = at(DAY + 99);
        ask.population = Population.MATURED;

        assertThat(analysis().timeSeries(ask.question()))
                .extracting(TimePoint::day)
                .containsExactly(LocalDate.of(2026, 3, 1));
    }

    /** One comes late to the goal, one goes backwards before it follows the order. */
    private void storeSlowUnits() {
        store(
                event("e6", "u2", "Buy", 3 * DAY, "{\"revenue\": 7}"),
                exposure("x5", "u5", "c", DAY),
                event("e7", "u5", "Buy", DAY + 1, "{\"revenue\": 1}"),
                event("e8", "u5", "Cart", 2 * DAY),
                event("e9", "u5", "View", 4 * DAY),
                event("e10", "u5", "Cart", 6 * DAY));
    }

    /** What is known at the end of a point's day. */
    private List<Arm> known(TimePoint point) {
        Ask then = new Ask();
        then.asOf = point.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return ask(then).arms();
    }

    @Test
    void withoutAWindowTheSeriesTellsOfEachDayWhatWasKnownAtItsEnd() {
        storeSlowUnits();
        List<TimePoint> points = analysis().timeSeries(new Ask().question());

        assertThat(points).extracting(point -> point.day().getDayOfMonth()).containsExactly(1, 2, 3, 4, 5, 7);
        for (TimePoint point : points) {
            for (int v = 0; v < 2; v++) {
                Arm arm = known(point).get(v);
                assertThat(point.arms().get(v).n()).isEqualTo(arm.n());
                assertThat(point.arms().get(v).paths()).isEqualTo(arm.paths());
                assertThat(point.arms().get(v).values().get(2).sum())
                        .isEqualTo(arm.steps().get(2).valueSum());
            }
        }
    }

    @Test
    void howFarUnitsWereAtTheEndOfEachDayIsToldFromTheirFirstTimes() {
        storeSlowUnits();
        List<TimePoint> points = analysis().reachSeries(new Ask().question());

        assertThat(points).extracting(point -> point.day().getDayOfMonth()).containsExactly(1, 2, 3, 4, 5);
        for (TimePoint point : points) {
            for (int v = 0; v < 2; v++) {
                assertThat(withoutOrder(point.arms().get(v).paths()))
                        .isEqualTo(withoutOrder(known(point).get(v).paths()));
            }
        }
    }

    private static List<Path> withoutOrder(List<Path> paths) {
        return paths.stream()
                .map(path -> new Path(path.did(), path.beforeGoal(), path.furthest(), 0, path.units()))
                .toList();
    }

    @Test
    void anExperimentWithoutUnitsHasNoSeries() {
        Ask ask = new Ask();
        ask.unitType = "account";

        assertThat(analysis().timeSeries(ask.question())).isEmpty();
        assertThat(analysis().reachSeries(ask.question())).isEmpty();
    }

    @Test
    void unitsOfADayAreToldByTheWaysTheyWentOnceTheirWindowIsOver() {
        store(exposure("x5", "u5", "t", DAY), event("e10", "u5", "View", DAY + 5));
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(100);
        // Units that the end cuts short are not followed like the others.
        ask.end = at(DAY + 99);
        assertThat(ask(ask).dayPaths()).extracting(DayPaths::day).containsExactly(LocalDate.of(2026, 3, 1));

        ask.end = null;
        assertThat(ask(ask).dayPaths())
                .containsExactly(
                        new DayPaths(LocalDate.of(2026, 3, 1), List.of(List.of(new Path(7, 3, 3, 3, 1)), List.of())),
                        new DayPaths(
                                LocalDate.of(2026, 3, 2),
                                List.of(List.of(), List.of(new Path(1, 1, 1, 1, 1), new Path(3, 3, 2, 2, 1)))));
    }

    @Test
    void withoutAWindowUnitsOfDifferentDaysCannotBeCompared() {
        assertThat(ask(new Ask()).dayPaths()).isEmpty();
    }

    @Test
    void liveCountsTellWhoCameAndWhatTheyDid() {
        assertThat(analysis().live(question()))
                .containsExactly(
                        new LiveCount("c", 1, List.of(1L, 1L, 1L)), new LiveCount("t", 1, List.of(1L, 1L, 0L)));
    }

    @Test
    void leaversOfAnEdgeAreToldWithWhatTheyDidNext() {
        store(event("e6", "u2", "Help", DAY + 60), event("e7", "u2", "Home", DAY + 70));
        Question asked = question();
        Answer answer = ask(new Question(
                asked.scope(),
                asked.unitType(),
                asked.steps(),
                asked.followUp(),
                asked.period(),
                asked.population(),
                new Detail(List.of(), List.of(), null, null, true)));

        Edge toGoal = answer.edges().get(5);
        assertThat(toGoal).isEqualTo(new Edge(2, "t", 1, 1, null, List.of(new Edge.NextEvent("Help", 1))));
        assertThat(answer.edges().get(2)).isEqualTo(new Edge(1, "c", 1, 0, 10L, List.of()));
    }

    @Test
    void leaversOfAnEdgeAreToldByTheOrderThatIsWanted() {
        store(
                exposure("x5", "u5", "c", DAY),
                event("e6", "u5", "View", DAY + 5),
                event("e7", "u5", "Buy", DAY + 6),
                event("e8", "u5", "Home", DAY + 7));
        Question asked = question();
        Answer answer = ask(new Question(
                asked.scope(),
                asked.unitType(),
                asked.steps(),
                asked.followUp(),
                asked.period(),
                asked.population(),
                new Detail(List.of(), List.of(), null, null, null, true, StepOrder.STRICT)));

        assertThat(answer.edges().get(0)).isEqualTo(new Edge(0, "c", 2, 0, 5L, List.of()));
        assertThat(answer.edges().get(2)).isEqualTo(new Edge(1, "c", 2, 1, 10L, List.of(new Edge.NextEvent("Buy", 1))));
        assertThat(answer.edges().get(4)).isEqualTo(new Edge(2, "c", 1, 0, 10L, List.of()));
    }

    @Test
    void trafficOfAJourneyIsEverybodyFromTheirFirstStepOn() {
        Question asked = question();
        store(event("e8", "u9", "Other", 40), event("e9", "u8", "Cart", 40));
        Answer answer = ask(new Question(
                new Scope.OfTraffic(),
                "user",
                asked.steps(),
                new FollowUp(Duration.ofDays(3), null, null, null),
                new Period(at(0), at(DAY), null, NOW),
                Population.ALL,
                Detail.NONE));

        assertThat(answer.arms()).singleElement().satisfies(arm -> {
            assertThat(arm.n()).isEqualTo(2);
            assertThat(new Reach(asked.steps()).reach(arm, StepOrder.STRICT)).containsExactly(1L, 1L, 1L);
        });
        assertThat(answer.units().withoutStep()).isEqualTo(1);
    }
}
