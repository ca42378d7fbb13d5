package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads step events in the order of units and of time, and folds them unit by unit. */
final class StepEventRows {

    /** Columns before those of the steps: unit_no, variant_no, t0, unit, time_ms, message_id. */
    private static final int FIRST_STEP_COLUMN = 7;

    private static final int COLUMNS_PER_STEP = 3;

    private final ResultSet rows;
    private final int steps;
    private final UnitFold unit;

    StepEventRows(ResultSet rows, List<Step> steps) {
        this.rows = rows;
        this.steps = steps.size();
        this.unit = new UnitFold(steps);
    }

    /** Adds every unit to its arm; gives the time of the latest event, or the earliest time if there is none. */
    long foldInto(List<ArmSums> arms) throws SQLException {
        long currentUnit = -1;
        int variant = -1;
        long latest = Long.MIN_VALUE;
        List<StepEvent> instant = new ArrayList<>();
        while (rows.next()) {
            StepEvent event = event();
            latest = Math.max(latest, event.time());
            if (rows.getLong(1) != currentUnit) {
                finish(instant, variant, arms);
                currentUnit = rows.getLong(1);
                variant = rows.getInt(2);
                unit.begin(rows.getLong(3));
            } else if (event.time() != instant.get(0).time()) {
                unit.happen(instant);
                instant.clear();
            }
            instant.add(event);
        }
        finish(instant, variant, arms);
        return latest;
    }

    private void finish(List<StepEvent> instant, int variant, List<ArmSums> arms) {
        if (!instant.isEmpty()) {
            unit.happen(instant);
            arms.get(variant).add(unit);
            instant.clear();
        }
    }

    private StepEvent event() throws SQLException {
        boolean[] makes = new boolean[steps];
        double[] amounts = new double[steps];
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++) {
            int column = FIRST_STEP_COLUMN + COLUMNS_PER_STEP * i;
            makes[i] = rows.getBoolean(column);
            amounts[i] = finite(rows.getDouble(column + 1));
            values[i] = finite(rows.getDouble(column + 2));
        }
        return new StepEvent(rows.getLong(5), makes, amounts, values);
    }

    /** Absent is 0; ingest lets no infinite number in, and none may enter a sum. */
    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }
}
