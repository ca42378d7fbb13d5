package dev.microlift.benchmarks.trials;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least that a report has to do, by hand: one thread, all rows in memory as objects, maps by unit id. It finds first
 * exposures and arms, then for each unit and step the first time and number of events in the window, then what each arm
 * converted.
 */
final class HeapLoop {

    private static final int EXPOSURE = -1;

    private final List<String> steps;
    private final long windowMs;
    private String[] units = {};
    private byte[] made = {};
    private long[] times = {};
    private boolean[] isTreatment = {};

    HeapLoop(List<String> steps, long windowMs) {
        this.steps = steps;
        this.windowMs = windowMs;
    }

    void load(Connection connection, int rows) throws SQLException {
        units = new String[rows];
        made = new byte[rows];
        times = new long[rows];
        isTreatment = new boolean[rows];
        int i = 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select user_id, name, time_ms, variant = 'treatment' from hot_events where not bot order by position")) {
            while (row.next()) {
                units[i] = row.getString(1);
                made[i] = (byte) steps.indexOf(row.getString(2));
                times[i] = row.getLong(3);
                isTreatment[i] = row.getBoolean(4);
                i++;
            }
        }
    }

    /** What is gathered of a unit. */
    private static final class Unit {
        private long t0 = Long.MAX_VALUE;
        private boolean sawControl;
        private boolean sawTreatment;
        private final long[] first;
        private final int[] events;

        Unit(int steps) {
            first = new long[steps];
            events = new int[steps];
        }
    }

    /** Converted units of the goal, so that nothing is optimised away. */
    long run() {
        Map<String, Unit> byId = new HashMap<>();
        for (int i = 0; i < units.length && units[i] != null; i++) {
            if (made[i] == EXPOSURE) {
                Unit unit = byId.computeIfAbsent(units[i], id -> new Unit(steps.size()));
                unit.t0 = Math.min(unit.t0, times[i]);
                unit.sawTreatment |= isTreatment[i];
                unit.sawControl |= !isTreatment[i];
            }
        }
        for (int i = 0; i < units.length && units[i] != null; i++) {
            Unit unit = made[i] == EXPOSURE ? null : byId.get(units[i]);
            if (unit != null && times[i] >= unit.t0 && times[i] < unit.t0 + windowMs) {
                int step = made[i];
                unit.first[step] = unit.events[step] == 0 ? times[i] : Math.min(unit.first[step], times[i]);
                unit.events[step]++;
            }
        }
        long[][] converted = new long[2][steps.size()];
        for (Unit unit : byId.values()) {
            for (int step = 0; step < steps.size(); step++) {
                boolean counts = unit.sawControl != unit.sawTreatment && unit.events[step] > 0;
                converted[unit.sawTreatment ? 1 : 0][step] += counts ? 1 : 0;
            }
        }
        return converted[0][steps.size() - 1] + converted[1][steps.size() - 1];
    }
}
