package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.at;
import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.microlift.server.analysis.Edge.NextEvent;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Questions at the edges have complete answers. */
class OddQuestionsTest extends StoredEvents {

    private static Question with(Question question, Detail detail) {
        return new Question(
                question.scope(),
                question.unitType(),
                question.steps(),
                question.followUp(),
                question.period(),
                question.population(),
                detail);
    }

    @Test
    void fortyStepsAndTwelveArmsAreCountedLikeFew() {
        Ask ask = new Ask();
        ask.steps = steps(
                IntStream.range(0, 39)
                        .mapToObj(i -> "{\"key\": \"s" + i + "\", \"event\": \"E" + i + "\"}")
                        .collect(Collectors.joining(",")),
                "{\"key\": \"goal\", \"event\": \"Goal\"}");
        List<String> arms = IntStream.range(0, 12).mapToObj(i -> "v" + i).toList();
        store(exposure("x", "u", "v11", 0), event("g", "u", "Goal", 40));
        for (int i = 0; i < 39; i++) {
            store(event("e" + i, "u", "E" + i, i));
        }
        Question question = ask.question();
        Answer answer = ask(new Question(
                new Scope.OfExperiment("exp", arms, Set.of(), null, null),
                "user",
                ask.steps,
                question.followUp(),
                question.period(),
                Population.ALL,
                Detail.NONE));

        assertThat(answer.arms()).hasSize(12);
        assertThat(answer.arms().get(11).paths()).containsExactly(new Path((1L << 40) - 1, (1L << 39) - 1, 40, 40, 1));
        assertThat(answer.arms().get(0).paths()).isEmpty();
        assertThat(answer.arms().get(0).steps()).hasSize(40);
        assertThat(answer.edges()).hasSize(480);
    }

    @Test
    void aGoalAloneIsAJourneyToo() {
        Ask ask = new Ask();
        ask.steps = steps("", "{\"key\": \"buy\", \"event\": \"Buy\"}");
        store(exposure("x", "u", "c", 0), event("e", "u", "Buy", 7));

        assertThat(reach(ask)).containsExactly(1L);
        assertThat(ask(ask).edges().get(0).medianMs()).isEqualTo(7);
    }

    @Test
    void anExposureThatMakesAStepCountsOnceHoweverOftenItsUnitIsLookedAt() {
        Ask ask = new Ask();
        ask.steps = steps(
                "{\"key\": \"seen\", \"event\": \"Experiment Viewed\"}", "{\"key\": \"buy\", \"event\": \"Buy\"}");
        store(exposure("x", "u", "c", 0));
        ask(ask);
        store(event("e", "u", "Buy", 7));

        assertThat(control(ask).steps().get(0).events()).isEqualTo(1);
        assertThat(ask(ask).arms())
                .usingRecursiveComparison()
                .isEqualTo(askAfresh(ask.question()).arms());
    }

    @Test
    void aUnitWithVeryManyEventsOfAGuardrailIsCounted() {
        int many = 46_341;
        List<Message> messages = new ArrayList<>(List.of(exposure("x", "u", "c", 0)));
        for (int i = 0; i < many; i++) {
            messages.add(event("e" + i, "u", "Error", 1 + i % 50));
        }
        store(messages);
        GuardrailMetric errors =
                new GuardrailMetric("errors", new EventMatch("Error", List.of()), GuardrailMetric.Kind.COUNT, null);

        GuardrailMoments moments = ask(with(
                        new Ask().question(), new Detail(List.of(), List.of(errors), null, null, false)))
                .arms()
                .get(0)
                .guardrails()
                .get(0);

        assertThat(moments.sum()).isEqualTo(many);
        assertThat(moments.sumOfSquares()).isEqualTo((double) many * many);
    }

    @Test
    void timesOfLongWindowsAreToldToHalfAThousandth() {
        Ask ask = new Ask();
        ask.steps = steps("", "{\"key\": \"buy\", \"event\": \"Buy\"}");
        ask.window = Duration.ofDays(30).plusSeconds(1);
        store(exposure("x1", "u1", "c", 0), event("e1", "u1", "Buy", 999));
        store(exposure("x2", "u2", "c", 0), event("e2", "u2", "Buy", 39_417));
        store(exposure("x3", "u3", "c", 0), event("e3", "u3", "Buy", 86_400_001));
        store(exposure("x4", "u4", "c", 0));

        StepTimes times = control(ask).times().get(0);

        assertThat(times.at()).hasSize(4);
        assertThat(times.at()[0]).isEqualTo(999);
        assertThat(times.at()[1]).isCloseTo(39_417, withinPercentage(0.05));
        assertThat(times.at()[2]).isCloseTo(86_400_001, withinPercentage(0.05));
        assertThat(times.at()[3]).isEqualTo(ask.window.toMillis());
        assertThat(times.reached()).containsExactly(1, 1, 1, 0);
        assertThat(times.censored()).containsExactly(0, 0, 0, 1);
    }

    @Test
    void whatSaysWhoAUnitIsIsNothingItDidNext() {
        Ask ask = new Ask();
        store(exposure("x", "u", "c", 0), Events.link("l", "a", "u", 1), event("e", "u", "Help Opened", 2));

        Answer answer = ask(with(ask.question(), new Detail(List.of(), List.of(), null, null, true)));

        assertThat(answer.edges().get(0).next()).extracting(NextEvent::event).containsExactly("Help Opened");
    }

    @Test
    void beforeTheStartNobodyIsThere() {
        Ask ask = new Ask();
        ask.asOf = at(-1000);
        store(exposure("x", "u", "c", 0));

        Answer answer = ask(ask);

        assertThat(answer.units().exposed()).isZero();
        assertThat(answer.arms()).extracting(Arm::n).containsExactly(0L, 0L);
        assertThat(answer.days()).isEmpty();
    }

    @Test
    void attributesOfTheFirstExposureMakeSegmentsAndRareOnesAreTogether() {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Message exposure = exposure("x" + i, "u" + i, "c", i);
            messages.add(Events.saying(
                    exposure, "{\"browser\": \"b" + i % 55 + "\", \"url\": \"https://a.example/?gclid=1\"}"));
        }
        store(messages);
        store(exposure("y", "w", "c", 0));
        Question question =
                with(new Ask().question(), new Detail(List.of("browser", "channel"), List.of(), null, null, false));

        Answer answer = ask(question);

        assertThat(answer.segments().stream()
                        .filter(segment -> segment.attribute().equals("browser")))
                .hasSize(52)
                .anySatisfy(segment -> {
                    assertThat(segment.value()).isEqualTo(Segment.OTHER);
                    assertThat(segment.exposedByVariant()).containsExactly(5L, 0L);
                });
        assertThat(answer.segments().stream()
                        .filter(segment -> segment.attribute().equals("channel")))
                .extracting(Segment::value)
                .containsExactly("direct", "paid search");
    }

    @Test
    void aCapIsAQuantileOfEverybodysValues() {
        for (int i = 1; i <= 10; i++) {
            String revenue = "{\"revenue\": " + (i == 10 ? 1000 : i) + "}";
            store(exposure("x" + i, "u" + i, i % 2 == 0 ? "c" : "t", 0), event("e" + i, "u" + i, "Buy", 1, revenue));
        }
        Answer answer = ask(with(new Ask().question(), new Detail(List.of(), List.of(), 0.9, null, false)));

        assertThat(answer.arms()).extracting(arm -> arm.steps().get(2).cap()).containsExactly(9.0, 9.0);
        assertThat(answer.arms())
                .extracting(arm -> arm.steps().get(2).valueSum())
                .containsExactly(29.0, 25.0);
    }

    @Test
    void aNumericAttributeOfTheExposureExplainsFigures() {
        store(
                Events.saying(exposure("x1", "u1", "c", 0), "{\"history\": 3}"),
                event("e1", "u1", "Buy", 1, "{\"revenue\": 10}"),
                Events.saying(exposure("x2", "u2", "c", 0), "{\"history\": 4}"),
                exposure("x3", "u3", "c", 0),
                event("e3", "u3", "Buy", 1, "{\"revenue\": 7}"));
        Answer answer = ask(with(new Ask().question(), new Detail(List.of(), List.of(), null, "history", false)));

        StepMoments buy = answer.arms().get(0).steps().get(2);
        assertThat(buy.covariate(StepOrder.FURTHEST)).contains(new Covariate(2, 7, 25, 3, 1));
        assertThat(buy.valueCovariate()).contains(new Covariate(2, 7, 25, 30, 10));
    }

    @Test
    void whatTakesTooLongIsGivenUpWithAReason() {
        store(exposure("x", "u", "c", 0));

        assertThatThrownBy(() -> askWithin(Duration.ofMillis(1), new Ask().question()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ErrorCode.REPORT_TIMEOUT));
        assertThat(ask(new Ask()).units().exposed()).isEqualTo(1);
    }

    @Test
    void whatTakesTooMuchMemoryIsGivenUpWithAReason() {
        store(IntStream.range(0, 20_000)
                .mapToObj(i -> exposure("x" + i, "a unit with a long id " + i, "c", 0))
                .toArray(Message[]::new));
        limitMemory("3MB");

        assertThatThrownBy(() -> ask(new Ask())).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(problem.detail()).contains("MICROLIFT_EVENT_STORE_MEMORY_LIMIT");
        });
        limitMemory("100MB");
        assertThat(ask(new Ask()).units().exposed()).isEqualTo(20_000);
    }
}
