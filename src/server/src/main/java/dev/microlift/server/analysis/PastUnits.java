package dev.microlift.server.analysis;

import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** Which units did what up to a position of the log. A unit has its own id here: events of an id linked to it are not its. */
@ApplicationScoped
public class PastUnits {

    private static final String STEP_UNITS = Sql.file("step_units.sql");
    private static final String EXPOSED_UNITS = Sql.file("exposed_units.sql");

    /** It is asked for in the background, once for each start of an experiment. */
    private static final Duration AT_MOST = Duration.ofMinutes(30);

    private final EventStore events;

    PastUnits(EventStore events) {
        this.events = events;
    }

    /** A unit that made a step with at least one event. */
    public interface Doer {

        /**
         * Tells it.
         *
         * @param amount what its events add up to: how many they are, or the sum of the threshold's property
         * @param peak the most that it ever was in the order of time: a sum may fall again
         */
        void did(String unit, double amount, double peak);
    }

    /**
     * Tells every unit that made a step.
     *
     * @param through the last position of the log that counts
     * @throws dev.microlift.server.eventstore.EventStoreException if the store fails to answer or has not loaded so far yet
     */
    public void eachThatDid(String unitType, Step step, long through, Doer doer) {
        boolean sums = step.atLeast() instanceof Threshold.Sum;
        Map<String, Sql> pieces = Map.of(
                "unit", Sql.of(UnitIds.own(unitType)),
                "makes", StepSql.makes(step),
                "adds", StepSql.amount(step),
                "names", Sql.list(step.anyOf().stream().map(EventMatch::event).toList()),
                "through", Sql.of("?", through),
                "amount", Sql.of(sums ? "case when isfinite(adds) then adds else 0 end" : "1::double"),
                "peak", Sql.of(sums ? "max(so_far)" : "sum(amount)"));
        each(
                Sql.fill(STEP_UNITS, pieces),
                through,
                row -> doer.did(row.getString("unit"), row.getDouble("amount"), row.getDouble("peak")));
    }

    /**
     * Tells every unit that was exposed to a variant.
     *
     * @param since exposures that were received before this do not count
     * @param through the last position of the log that counts
     * @throws dev.microlift.server.eventstore.EventStoreException if the store fails to answer or has not loaded so far yet
     */
    public void eachThatSaw(
            String unitType, String experiment, String variant, Instant since, long through, Consumer<String> unit) {
        Sql sql = Sql.of(
                EXPOSED_UNITS.replace("{unit}", UnitIds.own(unitType)),
                experiment,
                variant,
                since.toEpochMilli(),
                through);
        each(sql, through, row -> unit.accept(row.getString("unit")));
    }

    private void each(Sql sql, long through, Session.RowReader each) {
        events.read(connection -> {
            Session session = new Session(connection, AT_MOST, Computation.unlisted());
            long loaded = session.position();
            if (loaded < through) {
                throw new SQLException("events are loaded up to " + loaded + " only, not " + through);
            }
            session.query(sql, each);
            return through;
        });
    }
}
