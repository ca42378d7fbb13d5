package dev.microlift.server.analysis;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what was known when as many units as planned had matured. It stays the same however many units come afterwards, so
 * that a test that is to be made once is made on the same units whenever somebody looks.
 */
final class PlannedEnd {

    private static final String MATURED_AT = Sql.file("matured_at.sql");

    private final Session session;
    private final Question question;
    private final Past past;

    PlannedEnd(Session session, Question question, Past past) {
        this.session = session;
        this.question = question;
        this.past = past;
    }

    /** The rows of units as they were. */
    @FunctionalInterface
    interface Past {

        /** Rows from nothing but what happened before this time. */
        UnitTable before(Instant time) throws SQLException;
    }

    /**
     * Says which units were known then; empty if so many have not matured.
     *
     * @param pieces say which units are meant now
     * @param arms what they did until now
     */
    Optional<Map<String, Sql>> pieces(Map<String, Sql> pieces, List<Arm> arms) throws SQLException {
        Long planned = question.detail().plannedUnits();
        return planned == null || arms.stream().mapToLong(Arm::matured).sum() < planned
                ? Optional.empty()
                : Optional.of(pieces(pieces, planned));
    }

    private Map<String, Sql> pieces(Map<String, Sql> pieces, long planned) throws SQLException {
        Selection selection = Selection.of(question);
        boolean hasWindow = question.followUp().window() != null;
        Map<String, Sql> then = new HashMap<>(pieces);
        then.put("matures", Sql.of(hasWindow ? "closes" : "t0"));
        then.put("before", Sql.of(Long.toString(planned - 1)));
        long end = session.number(Sql.fill(MATURED_AT, then));
        // The figures of a unit whose window has closed stay. Without a window they go on, so only the past tells them.
        Sql matured = hasWindow
                ? Sql.join(" and ", List.of(selection.matured(), Sql.of("closes <= " + end)))
                : selection.matured();
        if (!hasWindow) {
            then.put("units", Sql.of(past.before(Instant.ofEpochMilli(end + 1)).units()));
        }
        Selection ended = new Selection(matured, matured, Sql.join(" and ", List.of(selection.inPeriod(), matured)));
        then.put("matured", ended.matured());
        then.put("population", ended.population());
        then.put("in_period", ended.inPeriod());
        then.put("which", ended.which());
        return then;
    }
}
