package dev.microlift.server.analysis;

import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Which units did what up to a position of the log. A unit has its own id here: events of an id linked to it are not its. */
@ApplicationScoped
public class PastUnits {

    private static final String STEP_UNITS = Sql.file("step_units.sql");
    private static final String EXPOSED_UNITS = Sql.file("exposed_units.sql");
    private static final String LOADED = Sql.file("loaded.sql");

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
        List<Step> steps = List.of(step);
        Sql columns = StepSql.columns(steps);
        Sql names = StepSql.names(steps);
        String sql = STEP_UNITS
                .replace("{unit}", UnitIds.own(unitType))
                .replace("{columns}", columns.text())
                .replace("{names}", names.text())
                .replace("{amount}", sums ? "case when isfinite(amount_0) then amount_0 else 0 end" : "1::double")
                .replace("{peak}", sums ? "max(so_far)" : "sum(amount)");
        List<Object> parameters = new ArrayList<>(columns.parameters());
        parameters.addAll(names.parameters());
        parameters.add(through);
        each(
                new Sql(sql, parameters),
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

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void each(Sql sql, long through, Row each) {
        events.read(connection -> {
            requireLoaded(connection, through);
            try (PreparedStatement statement = Analysis.prepare(connection, sql);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.read(rows);
                }
            }
            return through;
        });
    }

    private static void requireLoaded(Connection connection, long through) throws SQLException {
        try (PreparedStatement statement = Analysis.prepare(connection, Sql.of(LOADED));
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getLong(1) < through) {
                throw new SQLException("events are loaded up to " + row.getLong(1) + " only, not " + through);
            }
        }
    }
}
