package dev.microlift.server.analysis;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Asks what the units of each day did, of those that were followed for all of their window. */
final class DailyPaths {

    private static final String DAILY_PATHS = Sql.file("daily_paths.sql");

    private final Session session;
    private final Question question;
    private final UnitTable table;

    DailyPaths(Session session, Question question, UnitTable table) {
        this.session = session;
        this.question = question;
        this.table = table;
    }

    /** Nothing without a window: then units of an earlier day had more time. */
    List<DayPaths> days() throws SQLException {
        boolean hasWindow = question.followUp().window() != null;
        return question.scope() instanceof Scope.OfExperiment && hasWindow ? ofMatured() : List.of();
    }

    private List<DayPaths> ofMatured() throws SQLException {
        Selection selection = Selection.of(question);
        Sql which = Sql.join(" and ", List.of(Sql.of("fate = 'compared'"), selection.inPeriod(), selection.matured()));
        Map<Long, List<List<Path>>> days = new TreeMap<>();
        session.query(
                Sql.fill(
                        DAILY_PATHS,
                        Map.of("day", Sql.of("t0 // 86400000"), "units", Sql.of(table.units()), "which", which)),
                row -> days.computeIfAbsent(row.getLong("day"), day -> nothingYet())
                        .get(row.getInt("variant_no"))
                        .add(Path.of(row)));
        return days.entrySet().stream()
                .map(day -> new DayPaths(
                        LocalDate.ofEpochDay(day.getKey()),
                        day.getValue().stream()
                                .map(paths -> paths.stream().sorted(Path.ORDER).toList())
                                .toList()))
                .toList();
    }

    private List<List<Path>> nothingYet() {
        return IntStream.range(0, question.scope().arms().size())
                .<List<Path>>mapToObj(arm -> new ArrayList<>())
                .toList();
    }
}
