package dev.microlift.server.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    private DuckDBConnection database;
    private Threads threads;

    @BeforeEach
    void open() throws SQLException {
        Properties three = new Properties();
        three.setProperty("threads", "3");
        database = new DuckDBDriver().connect("jdbc:duckdb:", three).unwrap(DuckDBConnection.class);
        threads = Threads.of(database::duplicate);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private int present() throws SQLException {
        try (Connection connection = database.duplicate();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('threads')")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void whoLoadsWorksAlone() throws SQLException {
        threads.rest();
        assertThat(present()).isEqualTo(1);
    }

    @Test
    void aQuestionHasAllThreads() throws SQLException {
        threads.rest();
        threads.begin();
        assertThat(present()).isEqualTo(3);
    }

    @Test
    void loadingTakesNoThreadFromAQuestion() throws SQLException {
        threads.begin();
        threads.begin();
        threads.end();
        threads.rest();
        assertThat(present()).isEqualTo(3);
        threads.end();
        threads.rest();
        assertThat(present()).isEqualTo(1);
    }

    @Test
    void aStatementThatRunsGoesOnWhenThreadsAreTaken() throws Exception {
        try (Connection connection = database.duplicate();
                Statement statement = connection.createStatement()) {
            Thread taking = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    try {
                        threads.rest();
                        threads.begin();
                        threads.end();
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    }
                }
            });
            taking.start();
            try (ResultSet row = statement.executeQuery("select sum(hash(i) % 7)::bigint from range(20000000) r(i)")) {
                row.next();
                long sum = row.getLong(1);
                taking.join();
                assertThat(sum).isEqualTo(alone());
            }
        }
    }

    private long alone() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select sum(hash(i) % 7)::bigint from range(20000000) r(i)")) {
            row.next();
            return row.getLong(1);
        }
    }
}
