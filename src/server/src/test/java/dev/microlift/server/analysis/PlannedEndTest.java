package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.at;
import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was known when as many units as planned had matured. */
class PlannedEndTest extends StoredEvents {

    private static Question planned(long units, @Nullable Duration window, @Nullable Instant asOf) {
        Ask ask = new Ask();
        ask.window = window;
        ask.asOf = asOf;
        Question question = ask.question();
        return new Question(
                question.scope(),
                question.unitType(),
                question.steps(),
                question.followUp(),
                question.period(),
                question.population(),
                new Detail(List.of(), List.of(), null, null, units, false, StepOrder.FURTHEST));
    }

    private static Question endingAt(Instant end, Question question) {
        FollowUp followUp = question.followUp();
        return new Question(
                question.scope(),
                question.unitType(),
                question.steps(),
                new FollowUp(followUp.window(), followUp.preExposure(), followUp.started(), end),
                question.period(),
                question.population(),
                question.detail());
    }

    private static List<Long> n(List<Arm> arms) {
        return arms.stream().map(Arm::n).toList();
    }

    /** Units come in the order of their number, one every 100 ms; every other one is the control's. */
    private void units(int from, int to) {
        for (int i = from; i < to; i++) {
            store(exposure("x" + i, "u" + i, i % 2 == 0 ? "c" : "t", 100L * i));
        }
    }

    private static long bought(List<Arm> arms) {
        return arms.stream().mapToLong(arm -> arm.steps().get(2).didUnits()).sum();
    }

    @Test
    void itIsNotThereBeforeSoManyUnitsHaveMatured() {
        units(0, 3);

        assertThat(ask(planned(4, null, null)).atPlannedEnd()).isEmpty();
        assertThat(ask(planned(4, Duration.ofMillis(50), null)).atPlannedEnd()).isEmpty();
    }

    @Test
    void unitsThatMatureLaterAreNotInIt() {
        for (Duration window : new Duration[] {null, Duration.ofMillis(50)}) {
            units(0, 5);
            assertThat(n(ask(planned(4, window, null)).atPlannedEnd())).containsExactly(2L, 2L);
            units(5, 9);
            assertThat(n(ask(planned(4, window, null)).atPlannedEnd())).containsExactly(2L, 2L);
            assertThat(n(ask(planned(4, window, null)).arms())).containsExactly(5L, 4L);
        }
    }

    @Test
    void unitsThatMatureAtOneInstantAreAllInIt() {
        store(exposure("x0", "u0", "c", 0), exposure("x1", "u1", "t", 7), exposure("x2", "u2", "t", 7));

        assertThat(n(ask(planned(2, null, null)).atPlannedEnd())).containsExactly(1L, 2L);
    }

    @Test
    void unitsThatTheEndCutsShortAreNotInIt() {
        units(0, 4);

        assertThat(ask(endingAt(at(500), planned(4, Duration.ofMillis(250), null)))
                        .atPlannedEnd())
                .isEmpty();
        assertThat(n(ask(endingAt(at(500), planned(3, Duration.ofMillis(250), null)))
                        .atPlannedEnd()))
                .containsExactly(2L, 1L);
    }

    @Test
    void aWindowCountsWhatHappensUntilItCloses() {
        units(0, 4);
        store(event("e0", "u0", "Buy", 10), event("e3", "u3", "Buy", 349), event("late", "u1", "Buy", 150));

        assertThat(bought(ask(planned(4, Duration.ofMillis(50), null)).atPlannedEnd()))
                .isEqualTo(2);
    }

    @Test
    void withoutAWindowNothingCountsThatHappenedAfterTheLastUnitCame() {
        units(0, 6);
        store(event("e0", "u0", "Buy", 300), event("e1", "u1", "Buy", 301));

        Answer answer = ask(planned(4, null, null));

        assertThat(bought(answer.arms())).isEqualTo(2);
        assertThat(bought(answer.atPlannedEnd())).isEqualTo(1);
    }

    @Test
    void aQuestionOfThePastKnowsItToo() {
        units(0, 9);
        store(event("e0", "u0", "Buy", 300), event("e1", "u1", "Buy", 301));

        for (Duration window : new Duration[] {null, Duration.ofMillis(301)}) {
            assertThat(ask(planned(4, window, at(300))).atPlannedEnd()).isEmpty();
            Answer answer = ask(planned(4, window, at(750)));
            assertThat(n(answer.atPlannedEnd())).containsExactly(2L, 2L);
            assertThat(answer.atPlannedEnd())
                    .isEqualTo(ask(planned(4, window, null)).atPlannedEnd());
        }
    }
}
