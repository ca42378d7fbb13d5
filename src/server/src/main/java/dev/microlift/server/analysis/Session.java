package dev.microlift.server.analysis;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Statements on one snapshot that together may take only so long. */
final class Session {

    /** How the database begins to say that what it may not spill to disk takes more than it may use. */
    private static final String OUT_OF_MEMORY = "Out of Memory Error";

    private final Connection connection;
    private final Duration atMost;
    private final Computation computation;
    private final long start = System.nanoTime();

    Session(Connection connection, Duration atMost, Computation computation) {
        this.connection = connection;
        this.atMost = atMost;
        this.computation = computation;
    }

    /** From here on the database says how far its statements are. */
    void tellProgress() throws SQLException {
        execute(Sql.of("set enable_progress_bar_print = false"));
        execute(Sql.of("set enable_progress_bar = true"));
    }

    Connection connection() {
        return connection;
    }

    /** Takes rows one by one. */
    @FunctionalInterface
    interface RowReader {

        /** Reads the row that the cursor is at. */
        void read(ResultSet row) throws SQLException;
    }

    void execute(Sql sql) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            computation.begin(statement);
            statement.execute();
        } catch (SQLException failure) {
            throw reasonOf(failure);
        } finally {
            computation.end();
        }
    }

    void query(Sql sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            computation.begin(statement);
            read(statement, reader);
        } catch (SQLException failure) {
            throw reasonOf(failure);
        } finally {
            computation.end();
        }
    }

    private static void read(PreparedStatement statement, RowReader reader) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** The only number of the only row. */
    long number(Sql sql) throws SQLException {
        long[] number = new long[1];
        query(sql, row -> number[0] = row.getLong(1));
        return number[0];
    }

    /** The last position of the log whose message is in the store. */
    long position() throws SQLException {
        return number(Sql.of("select position from loaded"));
    }

    private PreparedStatement prepare(Sql sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        for (int i = 0; i < sql.parameters().size(); i++) {
            statement.setObject(i + 1, sql.parameters().get(i));
        }
        statement.setQueryTimeout((int) Math.max(1, left().plusMillis(999).toSeconds()));
        return statement;
    }

    private Duration left() {
        Duration left = atMost.minusNanos(System.nanoTime() - start);
        if (left.isNegative() || left.isZero()) {
            throw tooSlow();
        }
        return left;
    }

    /** What ended on purpose failed for that reason, whatever the database says. */
    private SQLException reasonOf(SQLException failure) {
        Optional<ProblemException> problem = problemOf(failure);
        problem.ifPresent(told -> {
            told.addSuppressed(failure);
            throw told;
        });
        return failure;
    }

    private Optional<ProblemException> problemOf(SQLException failure) {
        if (computation.state() == Computation.State.CANCELLED) {
            return Optional.of(Computation.cancelled());
        }
        if (System.nanoTime() - start >= atMost.toNanos()) {
            return Optional.of(tooSlow());
        }
        return String.valueOf(failure.getMessage()).contains(OUT_OF_MEMORY)
                ? Optional.of(tooLarge())
                : Optional.empty();
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                ErrorCode.UNAVAILABLE,
                "this takes more memory than the event store may use now; ask again later, or for less, or raise"
                        + " MICROLIFT_EVENT_STORE_MEMORY_LIMIT");
    }

    private ProblemException tooSlow() {
        return new ProblemException(
                ErrorCode.REPORT_TIMEOUT,
                "this takes more than " + atMost + "; ask for less, or raise MICROLIFT_REPORT_TIMEOUT");
    }
}
