package dev.microlift.server.analysis;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Statements on one snapshot that together may take only so long. */
final class Session {

    private final Connection connection;
    private final Duration atMost;
    private final long start = System.nanoTime();

    Session(Connection connection, Duration atMost) {
        this.connection = connection;
        this.atMost = atMost;
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
            statement.execute();
        } catch (SQLException failure) {
            throw tooSlow(failure);
        }
    }

    void query(Sql sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = prepare(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException failure) {
            throw tooSlow(failure);
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

    private SQLException tooSlow(SQLException failure) {
        if (System.nanoTime() - start >= atMost.toNanos()) {
            ProblemException problem = tooSlow();
            problem.addSuppressed(failure);
            throw problem;
        }
        return failure;
    }

    private ProblemException tooSlow() {
        return new ProblemException(
                ErrorCode.REPORT_TIMEOUT,
                "this takes more than " + atMost + "; ask for less, or raise MICROLIFT_REPORT_TIMEOUT");
    }
}
