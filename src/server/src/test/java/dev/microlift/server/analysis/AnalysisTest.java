package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.anonymous;
import static dev.microlift.server.analysis.Events.at;
import static dev.microlift.server.analysis.Events.byBot;
import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static dev.microlift.server.analysis.Events.link;
import static dev.microlift.server.analysis.Events.ofAccount;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is compared, and when what they do counts. */
class AnalysisTest extends StoredEvents {

    @Test
    void theFirstExposureSaysVariantAndStart() {
        store(exposure("m1", "u1", "c", 100), exposure("m2", "u1", "c", 50), event("m3", "u1", "View", 60));

        assertThat(reach(new Ask())).containsExactly(1L, 0L, 0L);
    }

    @Test
    void eventsCountFromTheInstantOfExposureToBeforeTheWindowCloses() {
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(100);
        for (long time : new long[] {999, 1000, 1099, 1100}) {
            store(exposure("x" + time, "u" + time, "c", 1000), event("e" + time, "u" + time, "View", time));
        }

        assertThat(control(ask).steps().get(0).didUnits()).isEqualTo(2);
    }

    @Test
    void withoutAWindowEventsCountUntilTheExperimentEnds() {
        Ask ask = new Ask();
        ask.end = at(5000);
        store(
                exposure("x", "u", "c", 0),
                event("e1", "u", "View", 4999),
                event("e2", "u", "Buy", 5000),
                exposure("late", "v", "c", 5000));

        assertThat(reach(ask)).containsExactly(1L, 0L, 0L);
        assertThat(control(ask).n()).isEqualTo(1);
    }

    @Test
    void aUnitThatSawTwoVariantsIsACrossoverAndInNoComparison() {
        store(exposure("m1", "u1", "c", 0), exposure("m2", "u1", "t", 10), exposure("m3", "u2", "t", 0));

        Answer answer = ask(new Ask());

        assertThat(answer.units().crossovers()).isEqualTo(1);
        assertThat(answer.units().exposed()).isEqualTo(2);
        assertThat(answer.arms()).extracting(Arm::exposed).containsExactly(0L, 1L);
    }

    @Test
    void unitsOverriddenByHandAreCountedApart() {
        Ask ask = new Ask();
        ask.overridden = Set.of("qa");
        store(exposure("m1", "qa", "c", 0), exposure("m2", "u", "c", 0));

        assertThat(ask(ask).units().overridden()).isEqualTo(1);
        assertThat(control(ask).exposed()).isEqualTo(1);
    }

    @Test
    void exposuresToUnknownVariantsAreCountedAndOtherwiseIgnored() {
        store(exposure("m1", "u", "purple", 0), exposure("m2", "u", "c", 5));

        Answer answer = ask(new Ask());

        assertThat(answer.units().strays()).isEqualTo(1);
        assertThat(answer.units().crossovers()).isZero();
        assertThat(answer.arms().get(0).exposed()).isEqualTo(1);
    }

    @Test
    void whatRobotsSendIsInNoFigureAndUnitsThatOnlyTheySpeakOfAreCountedApart() {
        store(
                byBot(exposure("m1", "robot", "c", 0)),
                event("e1", "robot", "View", 1),
                byBot(exposure("m2", "u", "t", 0)),
                exposure("m3", "u", "c", 10),
                event("e2", "u", "View", 5),
                byBot(event("e3", "u", "Cart", 20)),
                byBot(link("l1", "a1", "u", 0)),
                anonymous("e4", "a1", "Buy", 30),
                byBot(exposure("m4", "v", "purple", 0)));

        Answer answer = ask(new Ask());

        assertThat(answer.units().bots()).isEqualTo(1);
        assertThat(answer.units().exposed()).isEqualTo(1);
        assertThat(answer.units().crossovers()).isZero();
        assertThat(answer.units().strays()).isZero();
        assertThat(control(new Ask()).n()).isEqualTo(1);
        assertThat(reach(new Ask())).containsExactly(0L, 0L, 0L);
    }

    @Test
    void theWatermarkIsTheLatestEventNoLaterThanItsReceipt() {
        long farAhead = Duration.ofDays(500).toMillis();
        store(event("e1", "u", "View", 5));
        store(event("e2", "u", "View", 3));
        assertThat(ask(new Ask()).latestEvent()).contains(at(5));

        store(event("e3", "u", "View", farAhead));
        assertThat(ask(new Ask()).latestEvent()).contains(at(Duration.ofDays(90).toMillis()));
    }

    @Test
    void maturedUnitsAreThoseWhoseWindowHasClosed() {
        Ask ask = new Ask();
        ask.window = Duration.ofDays(7);
        ask.asOf = at(Duration.ofDays(8).toMillis());
        ask.population = Population.MATURED;
        store(exposure("m1", "u1", "c", 0), event("e1", "u1", "View", 1), event("e2", "u2", "View", 1));
        store(
                exposure("m2", "u2", "c", Duration.ofDays(1).toMillis()),
                exposure("m3", "u3", "c", Duration.ofDays(1).toMillis() + 1),
                event("e3", "u3", "View", Duration.ofDays(2).toMillis()));

        assertThat(control(ask)).satisfies(arm -> {
            assertThat(arm.exposed()).isEqualTo(3);
            assertThat(arm.matured()).isEqualTo(2);
            assertThat(arm.n()).isEqualTo(2);
            assertThat(reach(ask, arm)).containsExactly(1L, 0L, 0L);
        });
    }

    @Test
    void reachIsTheFurthestStepWhateverCameBefore() {
        store(exposure("m", "u", "c", 0), event("e", "u", "Cart", 5));

        assertThat(reach(new Ask())).containsExactly(1L, 1L, 0L);
        assertThat(control(new Ask()).steps()).extracting(StepMoments::didUnits).containsExactly(0L, 1L, 0L);
    }

    @Test
    void strictReachWantsEveryStepInOrderAndForgivesAStrayEarlyOne() {
        Ask ask = new Ask();
        ask.order = StepOrder.STRICT;
        store(
                exposure("m1", "u1", "c", 0),
                event("a1", "u1", "Cart", 1),
                event("a2", "u1", "View", 2),
                event("a3", "u1", "Cart", 3),
                event("a4", "u1", "Buy", 4));
        store(exposure("m2", "u2", "c", 0), event("b1", "u2", "Buy", 1), event("b2", "u2", "View", 2));

        assertThat(reach(ask)).containsExactly(2L, 1L, 1L);
    }

    @Test
    void optionalStepsAreMeasuredButImplyNothing() {
        Ask ask = new Ask();
        ask.steps = steps(
                "{\"key\": \"view\", \"event\": \"View\"}, {\"key\": \"dwell\", \"event\": \"Dwell\", \"optional\": true}",
                "{\"key\": \"buy\", \"event\": \"Buy\"}");
        store(
                exposure("m1", "u1", "c", 0),
                event("e1", "u1", "Dwell", 1),
                exposure("m2", "u2", "c", 0),
                event("e2", "u2", "Buy", 1));

        assertThat(reach(ask)).containsExactly(1L, 1L);
        Reach reach = new Reach(ask.steps);
        assertThat(IntStream.range(0, 3).mapToLong(step -> reach.converted(control(ask), step, ask.order)))
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void valuesAreSummedPerUnitWithinItsWindow() {
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(100);
        store(
                exposure("m1", "u1", "c", 0),
                event("e1", "u1", "Buy", 1, "{\"revenue\": 10.5}"),
                event("e2", "u1", "Buy", 2, "{\"revenue\": 2}"),
                event("e3", "u1", "Buy", 100, "{\"revenue\": 1000}"),
                event("e4", "u1", "Buy", 3, "{\"revenue\": \"77\"}"));
        store(exposure("m2", "u2", "c", 0), event("e5", "u2", "Buy", 1, "{\"revenue\": 3}"));

        StepMoments buy = control(ask).steps().get(2);

        assertThat(buy.valueSum()).isEqualTo(15.5);
        assertThat(buy.valueSumOfSquares()).isEqualTo(12.5 * 12.5 + 9);
    }

    @Test
    void numbersThatCannotBeAddedUpAreNone() {
        store(
                exposure("m1", "u1", "c", 0),
                event("e1", "u1", "Buy", 10, "{\"revenue\": 1e308}"),
                event("e2", "u1", "Buy", 20, "{\"revenue\": 1e308}"),
                event("e3", "u1", "Buy", 30, "{\"revenue\": 5}"));

        assertThat(control(new Ask()).steps().get(2).valueSum()).isEqualTo(5);
        assertThat(control(new Ask()).steps().get(2).valueSumOfSquares()).isEqualTo(25);
    }

    @Test
    void anonymousEventsBelongToTheUserTheirIdWasFirstLinkedTo() {
        store(
                exposure("x", "u1", "c", 0),
                link("l2", "a1", "u2", 900),
                link("l1", "a1", "u1", 800),
                anonymous("e", "a1", "View", 10),
                anonymous("f", "a2", "Buy", 10));

        assertThat(reach(new Ask())).containsExactly(1L, 0L, 0L);
    }

    @Test
    void otherUnitTypesAreFoundByTheirName() {
        Ask ask = new Ask();
        ask.unitType = "account";
        store(
                ofAccount("x", "a9", Exposure.EVENT, 0, new Exposure("exp", "c")),
                ofAccount("e", "a9", "View", 5, null),
                event("f", "a9", "Buy", 6));

        assertThat(reach(ask)).containsExactly(1L, 0L, 0L);
    }

    @Test
    void aTimeThatIsStillToComeClosesNoWindow() {
        Ask ask = new Ask();
        ask.window = Duration.ofDays(7);
        ask.asOf = NOW.plus(Duration.ofDays(30));
        store(exposure("x", "u", "c", Duration.ofDays(59).toMillis()));

        assertThat(control(ask).exposed()).isEqualTo(1);
        assertThat(control(ask).matured()).isZero();
    }

    @Test
    void aUnitWhoseWindowTheEndCutsShortNeverMatures() {
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(100);
        ask.end = at(150);
        ask.population = Population.MATURED;
        store(exposure("x1", "u1", "c", 0), exposure("x2", "u2", "c", 50), exposure("x3", "u3", "c", 51));

        assertThat(control(ask)).satisfies(arm -> {
            assertThat(arm.exposed()).isEqualTo(3);
            assertThat(arm.matured()).isEqualTo(2);
            assertThat(arm.n()).isEqualTo(2);
        });
    }

    @Test
    void aUnitWhoseWindowTheEndCutsShortIsFollowedUntilTheEnd() {
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(100);
        ask.end = at(150);
        store(exposure("x", "u", "c", 100), event("e1", "u", "View", 149), event("e2", "u", "Buy", 150));

        assertThat(reach(ask)).containsExactly(1L, 0L, 0L);
    }

    @Test
    void whatHappenedAfterAsOfIsNotKnown() {
        Ask ask = new Ask();
        ask.asOf = at(10);
        store(
                exposure("x1", "u1", "c", 0),
                event("e1", "u1", "View", 9),
                event("e2", "u1", "Buy", 10),
                exposure("x2", "u2", "c", 10));

        assertThat(control(ask).n()).isEqualTo(1);
        assertThat(reach(ask)).containsExactly(1L, 0L, 0L);
    }

    @Test
    void unitsCanBeLimitedByTheTimeOfTheirFirstExposure() {
        Ask ask = new Ask();
        ask.from = at(10);
        ask.to = at(20);
        for (long time : new long[] {9, 10, 19, 20}) {
            store(exposure("x" + time, "u" + time, "c", time));
        }

        assertThat(control(ask).n()).isEqualTo(2);
    }

    @Test
    void withoutEventsEverythingIsZeroAndNothingIsSettled() {
        Answer answer = ask(new Ask());

        assertThat(answer.units().exposed()).isZero();
        assertThat(answer.settled()).isEmpty();
        assertThat(answer.latestEvent()).isEmpty();
        assertThat(answer.arms()).extracting(arm -> reach(new Ask(), arm)).containsOnly(List.of(0L, 0L, 0L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyOrderOfArrivalAndAnyRepetitionGiveTheAnswerOfAPlainLoopOverTheEvents(long seed) {
        Random random = new Random(seed);
        List<Message> messages = randomMessages(random);
        List<Message> arriving = new ArrayList<>(messages);
        arriving.addAll(messages.subList(0, messages.size() / 3));
        Collections.shuffle(arriving, random);
        for (int from = 0; from < arriving.size(); from += 97) {
            store(arriving.subList(from, Math.min(from + 97, arriving.size())));
        }
        Ask ask = new Ask();
        ask.window = seed % 2 == 0 ? null : Duration.ofMillis(400);
        ask.order = seed % 3 == 0 ? StepOrder.STRICT : StepOrder.FURTHEST;

        Answer answer = ask(ask);

        PlainLoop expected = new PlainLoop(messages, List.of("View", "Cart", "Buy"), ask.window, ask.order);
        assertThat(answer.units().crossovers()).isEqualTo(expected.crossovers());
        assertThat(answer.units().bots()).isPositive().isEqualTo(expected.bots());
        for (int v = 0; v < 2; v++) {
            Arm arm = answer.arms().get(v);
            assertThat(arm.exposed()).isPositive().isEqualTo(expected.units(arm.variant()));
            assertThat(reach(ask, arm)).isEqualTo(expected.reach(arm.variant()));
            assertThat(arm.steps().get(2).valueSum()).isEqualTo(expected.revenue(arm.variant()));
        }
    }

    private static List<Message> randomMessages(Random random) {
        String[] names = {"View", "Cart", "Buy"};
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            int number = random.nextInt(150);
            String user = "u" + number;
            // Some units are robots through and through, some only now and then.
            boolean bot = number < 10 || number < 20 && random.nextBoolean();
            long time = random.nextInt(1000);
            if (random.nextInt(6) == 0) {
                String variant = random.nextInt(40) == 0 ? "t" : Math.floorMod(user.hashCode(), 2) == 0 ? "c" : "t";
                messages.add(sent(bot, exposure("m" + i, user, variant, time)));
            } else {
                // Eighths add up without rounding in any order.
                messages.add(sent(
                        bot,
                        event(
                                "m" + i,
                                user,
                                names[random.nextInt(3)],
                                time,
                                "{\"revenue\": " + random.nextInt(100) / 8.0 + "}")));
            }
        }
        return messages;
    }

    private static Message sent(boolean byBot, Message message) {
        return byBot ? byBot(message) : message;
    }

    @Test
    void whoDoesStepsOnlyAfterTheEndCannotHaveBeenExposed() {
        store(exposure("x1", "u1", "c", 0), event("e1", "u2", "Buy", 99), event("e2", "u3", "Buy", 100));
        Ask ask = new Ask();
        ask.started = at(0);
        assertThat(ask(ask).quality().unexposedUnits()).isEqualTo(2);

        ask.end = at(100);
        assertThat(ask(ask).quality().unexposedUnits()).isEqualTo(1);
    }

    @Test
    void whoWasNotExposedIsInNoPeriodOfExposures() {
        store(exposure("x1", "u1", "c", 0), event("e1", "u2", "Buy", 99));
        Ask ask = new Ask();
        ask.started = at(0);
        ask.from = at(0);

        assertThat(ask(ask).quality().unexposedUnits()).isNull();
        assertThat(ask(ask).quality().unexposedGoals()).isNull();
    }
}
