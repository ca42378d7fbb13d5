package dev.microlift.server.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.eventlog.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random events and questions, answered by the engine and by plain loops. */
class AnalysisReferenceTest extends StoredEvents {

    private static final int QUESTIONS = 8;

    /** More of them are tried by {@code -Dmicrolift.seeds=1000}. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("microlift.seeds", 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theEngineAnswersWhatPlainLoopsAnswer(long seed) {
        RandomJourney random = new RandomJourney(seed);
        List<Message> messages = random.messages();
        store(messages);
        for (int i = 0; i < QUESTIONS; i++) {
            Question question = random.question();
            Answer answer = ask(question);
            ReferenceAnalysis expected = new ReferenceAnalysis(messages, question);
            SoftAssertions softly = new SoftAssertions();
            compare(softly, question, answer, expected);
            softly.assertAll();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void newsAddUpToWhatIsAnsweredAfresh(long seed) {
        RandomJourney random = new RandomJourney(seed);
        List<Message> messages = random.messages();
        List<Question> questions = Stream.generate(random::question).limit(4).toList();
        int step = (int) (5 + seed % 40);
        for (int from = 0; from < messages.size(); from += step) {
            store(messages.subList(from, Math.min(from + step, messages.size())));
            questions.forEach(this::ask);
        }
        for (Question question : questions) {
            assertThat(ask(question)).usingRecursiveComparison().isEqualTo(askAfresh(question));
        }
    }

    private static void compare(SoftAssertions softly, Question question, Answer answer, ReferenceAnalysis expected) {
        List<String> variants = question.scope().arms();
        softly.assertThat(answer.units().crossovers()).as("crossovers").isEqualTo(expected.fates("crossover"));
        softly.assertThat(answer.units().overridden()).as("overridden").isEqualTo(expected.fates("overridden"));
        softly.assertThat(answer.units().bots()).as("bots").isEqualTo(expected.fates("bot"));
        softly.assertThat(answer.units().exposed())
                .as("exposed")
                .isEqualTo(expected.units.size() - expected.fates("bot"));
        softly.assertThat(answer.units().crossoversByFirstVariant())
                .as("crossovers by variant")
                .isEqualTo(counts(
                        variants,
                        v -> expected.units.values().stream()
                                .filter(unit -> unit.fate.equals("crossover") && unit.variant == v)
                                .count()));
        boolean isPart = question.period().from() != null || question.period().to() != null;
        softly.assertThat(answer.quality().unexposedUnits())
                .as("unexposed")
                .isEqualTo(isPart ? null : expected.unexposed);
        softly.assertThat(answer.quality().unexposedGoals())
                .as("unexposed goals")
                .isEqualTo(isPart ? null : expected.unexposedGoals);
        for (int v = 0; v < variants.size(); v++) {
            Arm arm = answer.arms().get(v);
            List<ReferenceAnalysis.Unit> compared = expected.compared(v);
            List<ReferenceAnalysis.Unit> units = expected.population(v);
            softly.assertThat(arm.exposed()).as("exposed").isEqualTo(compared.size());
            softly.assertThat(arm.matured())
                    .as("matured")
                    .isEqualTo(compared.stream().filter(expected::isMatured).count());
            compare(softly, question, arm, units);
            compareTimes(softly, question, arm, units);
            ArmQuality quality = answer.quality().arms().get(v);
            softly.assertThat(quality.events()).as("events").isEqualTo(sum(units, unit -> unit.counted));
            softly.assertThat(quality.late()).as("late").isEqualTo(sum(units, unit -> unit.late));
            softly.assertThat(quality.clamped()).as("clamped").isEqualTo(sum(units, unit -> unit.clamped));
            softly.assertThat(quality.botEvents()).as("by bots").isEqualTo(sum(units, unit -> unit.byBots));
        }
        compareSegments(softly, question, answer, expected);
    }

    private static List<Long> counts(List<String> variants, ToLongFunction<Integer> count) {
        return IntStream.range(0, variants.size()).mapToObj(count::applyAsLong).toList();
    }

    private static long sum(List<ReferenceAnalysis.Unit> units, ToLongFunction<ReferenceAnalysis.Unit> number) {
        return units.stream().mapToLong(number).sum();
    }

    private static Path path(ReferenceAnalysis.Unit unit) {
        long did = 0;
        long before = 0;
        for (int i = 0; i < unit.first.length; i++) {
            did |= unit.did(i) ? 1L << i : 0;
            before |= unit.did(i) && unit.first[i] < unit.first[unit.first.length - 1] ? 1L << i : 0;
        }
        return new Path(did, before, unit.furthest, unit.strict, 1);
    }

    private static void compare(SoftAssertions softly, Question question, Arm arm, List<ReferenceAnalysis.Unit> units) {
        softly.assertThat(arm.n()).as("n").isEqualTo(units.size());
        Map<Path, Long> paths =
                units.stream().collect(Collectors.groupingBy(AnalysisReferenceTest::path, Collectors.counting()));
        softly.assertThat(arm.paths().stream().collect(Collectors.toMap(Path::ofOne, Path::units)))
                .as("paths")
                .isEqualTo(paths);
        Reach reach = new Reach(question.steps());
        for (int i = 0; i < question.steps().size(); i++) {
            int step = i;
            StepMoments moments = arm.steps().get(i);
            softly.assertThat(moments.didUnits())
                    .isEqualTo(units.stream().filter(unit -> unit.did(step)).count());
            softly.assertThat(moments.events()).as("events of %d", i).isEqualTo(sum(units, unit -> unit.events[step]));
            softly.assertThat(moments.valueSum())
                    .as("value of %d", i)
                    .isEqualTo(
                            units.stream().mapToDouble(unit -> unit.sums[step]).sum(), within(1e-9));
            softly.assertThat(moments.valueSumOfSquares())
                    .isEqualTo(
                            units.stream()
                                    .mapToDouble(unit -> unit.sums[step] * unit.sums[step])
                                    .sum(),
                            within(1e-9));
            for (StepOrder order : StepOrder.values()) {
                Predicate<ReferenceAnalysis.Unit> reached = unit -> reach.isReached(path(unit), step, order);
                moments.covariate(order).ifPresent(covariate -> {
                    softly.assertThat(covariate.observed()).isEqualTo(units.size());
                    softly.assertThat(covariate.sumX()).as("past of %d", step).isEqualTo((double)
                            units.stream().filter(unit -> unit.past[step]).count());
                    softly.assertThat(covariate.sumXY()).isEqualTo((double) units.stream()
                            .filter(unit -> unit.past[step])
                            .filter(reached)
                            .count());
                    softly.assertThat(covariate.sumYObserved())
                            .isEqualTo((double) units.stream().filter(reached).count());
                });
                softly.assertThat(moments.covariate(order).isPresent())
                        .isEqualTo(question.followUp().past().isPresent());
            }
            moments.valueCovariate().ifPresent(covariate -> {
                softly.assertThat(covariate.observed()).isEqualTo(units.size());
                softly.assertThat(covariate.sumXX())
                        .isEqualTo(
                                units.stream()
                                        .mapToDouble(unit -> unit.pastSums[step] * unit.pastSums[step])
                                        .sum(),
                                within(1e-9));
                softly.assertThat(covariate.sumXY())
                        .isEqualTo(
                                units.stream()
                                        .mapToDouble(unit -> unit.pastSums[step] * unit.sums[step])
                                        .sum(),
                                within(1e-9));
            });
        }
        for (GuardrailMoments moments : arm.guardrails()) {
            softly.assertThat(moments.sum()).isEqualTo((double) sum(units, unit -> unit.refunds));
            softly.assertThat(moments.sumOfSquares())
                    .isEqualTo((double) sum(units, unit -> unit.refunds * unit.refunds));
        }
    }

    private static void compareTimes(
            SoftAssertions softly, Question question, Arm arm, List<ReferenceAnalysis.Unit> units) {
        for (int i = 0; i < question.steps().size(); i++) {
            int step = i;
            Map<Long, Long> expected = new TreeMap<>();
            units.stream()
                    .filter(unit -> unit.did(step))
                    .forEach(unit -> expected.merge(unit.first[step] - unit.t0, 1L, Long::sum));
            StepTimes times = arm.times().get(i);
            Map<Long, Long> actual = new TreeMap<>();
            IntStream.range(0, times.at().length)
                    .filter(t -> times.reached()[t] > 0)
                    .forEach(t -> actual.put(times.at()[t], times.reached()[t]));
            softly.assertThat(actual).as("times of %d", i).isEqualTo(expected);
            softly.assertThat(LongStream.of(times.censored()).sum())
                    .isEqualTo(units.stream().filter(unit -> !unit.did(step)).count());
        }
    }

    private static void compareSegments(
            SoftAssertions softly, Question question, Answer answer, ReferenceAnalysis expected) {
        List<String> found = new ArrayList<>();
        for (Segment segment : answer.segments()) {
            found.add(segment.value());
            for (int v = 0; v < segment.arms().size(); v++) {
                List<ReferenceAnalysis.Unit> units = expected.population(v).stream()
                        .filter(unit -> segment.value().equals(Objects.requireNonNullElse(unit.segment, Segment.NONE)))
                        .toList();
                compare(softly, question, segment.arms().get(v), units);
            }
        }
        if (!question.detail().segments().isEmpty()) {
            softly.assertThat(found)
                    .isEqualTo(IntStream.range(0, question.scope().arms().size())
                            .boxed()
                            .flatMap(v -> expected.compared(v).stream())
                            .map(unit -> Objects.requireNonNullElse(unit.segment, Segment.NONE))
                            .distinct()
                            .sorted()
                            .toList());
        }
    }
}
