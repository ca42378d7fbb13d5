package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Takes step events in the order of units and of time, folds them unit by unit, and writes what comes of it. */
final class FoldedRows implements AutoCloseable {

    /** Columns before the numbers: unit_no, elapsed, makes. */
    private static final int FIRST_NUMBER = 4;

    private static final long NONE = -1;

    private final int steps;
    private final int[] thresholds;
    private final int[] values;
    private final UnitFold unit;
    private final DuckDBAppender table;
    private final List<StepEvent> instant = new ArrayList<>();
    private long current = NONE;

    FoldedRows(Connection connection, List<Step> steps) throws SQLException {
        this.steps = steps.size();
        this.thresholds = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).atLeast() instanceof Threshold.Sum)
                .toArray();
        this.values = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).valueProperty().isPresent())
                .toArray();
        this.unit = new UnitFold(steps);
        this.table = connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", "folded");
    }

    void take(ResultSet row) throws SQLException {
        StepEvent event = event(row);
        if (row.getLong(1) != current) {
            writeCurrent();
            current = row.getLong(1);
            unit.begin();
        } else if (event.elapsed() != instant.get(0).elapsed()) {
            unit.happen(instant);
            instant.clear();
        }
        instant.add(event);
    }

    /** Writes the last unit. */
    void finish() throws SQLException {
        writeCurrent();
        table.flush();
    }

    private void writeCurrent() throws SQLException {
        if (current == NONE) {
            return;
        }
        unit.happen(instant);
        instant.clear();
        table.beginRow().append(current).append((byte) unit.strictlyReached());
        for (int i = 0; i < steps; i++) {
            if (unit.did(i)) {
                table.append(unit.firstDone(i));
            } else {
                table.appendNull();
            }
            table.append(unit.events(i)).append(unit.value(i));
        }
        table.endRow();
    }

    private StepEvent event(ResultSet row) throws SQLException {
        double[] amounts = new double[steps];
        double[] sums = new double[steps];
        int column = FIRST_NUMBER;
        for (int step : thresholds) {
            amounts[step] = summable(row.getDouble(column++));
        }
        for (int step : values) {
            sums[step] = summable(row.getDouble(column++));
        }
        return new StepEvent(row.getLong(2), row.getLong(3), amounts, sums);
    }

    /** Absent is 0. */
    private static double summable(double value) {
        return Math.abs(value) <= UnitSql.LARGEST ? value : 0;
    }

    @Override
    public void close() throws SQLException {
        table.close();
    }
}
