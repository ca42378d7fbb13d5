package dev.microlift.server.analysis;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last answers. One stays good until there is news, or until time alone changes it. */
final class Answers {

    private static final int MOST = 16;

    private final Map<Question, Kept> answers = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Kept> eldest) {
            return size() > MOST;
        }
    };

    /**
     * How far the events are.
     *
     * @param messages how many there are: of what is erased the position tells nothing
     */
    record State(long position, long sealedFiles, long messages) {}

    private record Kept(Answer answer, State state, Instant from, Instant until) {}

    synchronized Optional<Answer> find(Question question, State state) {
        Kept kept = answers.get(atAnyTime(question));
        Instant now = question.period().now();
        return kept != null && kept.state.equals(state) && !now.isBefore(kept.from) && now.isBefore(kept.until)
                ? Optional.of(kept.answer)
                : Optional.empty();
    }

    synchronized void keep(Question question, State state, Aggregation.Result result) {
        answers.put(
                atAnyTime(question),
                new Kept(result.answer(), state, question.period().now(), result.changesAt()));
    }

    private static Question atAnyTime(Question question) {
        Period period = question.period();
        return new Question(
                question.scope(),
                question.unitType(),
                question.steps(),
                question.followUp(),
                new Period(period.from(), period.to(), period.asOf(), Instant.EPOCH),
                question.population(),
                question.detail());
    }
}
