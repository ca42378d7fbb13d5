package dev.microlift.server.analysis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of units a question is about, as conditions.
 *
 * @param matured their whole window is over. The end of an experiment cuts open windows short, which matures nothing: such
 *     units stay open for ever. Without a window nothing closes before the end, and figures are about everything until now
 * @param population they are of the population
 * @param inPeriod their t0 is in the period
 */
record Selection(Sql matured, Sql population, Sql inPeriod) {

    static Selection of(Question question) {
        Sql matured = question.followUp()
                .unitWindow()
                .map(window -> Sql.of("closes = t0 + " + window.toMillis() + " and closes <= "
                        + question.period().knownUntil().toEpochMilli()))
                .orElse(Sql.of("true"));
        return new Selection(
                matured, question.population() == Population.ALL ? Sql.of("true") : matured, inPeriod(question));
    }

    private static Sql inPeriod(Question question) {
        // Traffic of a period is derived from the events in it.
        return question.scope() instanceof Scope.OfTraffic
                ? Sql.of("true")
                : Sql.of("t0 >= " + millis(question.period().from(), Long.MIN_VALUE) + " and t0 < "
                        + millis(question.period().to(), Long.MAX_VALUE));
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }

    /** The units that figures are about. */
    Sql which() {
        return Sql.of("fate = 'compared' and " + population.text() + " and " + inPeriod.text());
    }
}
