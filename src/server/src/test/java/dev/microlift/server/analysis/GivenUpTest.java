package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that fails leaves nothing behind. */
class GivenUpTest extends StoredEvents {

    private static final class Unhappy extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** It keeps the rows of one definition. */
    private Analysis analysis;

    @BeforeEach
    void someUnits() {
        store(exposure("x1", "u1", "c", 0), event("e1", "u1", "View", 10));
        analysis = new Analysis(
                events(), new SmallReports(Duration.ofMinutes(5), 2, 1, Duration.ofDays(1)), new SettableClock(NOW));
    }

    private static Question question(long window) {
        Ask ask = new Ask();
        ask.window = Duration.ofMillis(window);
        return ask.question();
    }

    private long tables() {
        return events().read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "select count(*) from duckdb_tables() where database_name in ('derived', 'temp')")) {
                if (!row.next()) {
                    throw new SQLException("a count is one row");
                }
                return row.getLong(1);
            }
        });
    }

    private void failOn(Question question) {
        assertThatThrownBy(() -> analysis.export(question, unit -> {
                    throw new Unhappy();
                }))
                .isInstanceOf(Unhappy.class);
    }

    @Test
    void aDerivationThatFailedLeavesNoTables() {
        failOn(question(100));

        assertThat(tables()).isZero();
    }

    @Test
    void rowsThatWereLetGoAreDroppedThoughTheFirstAttemptFailed() {
        analysis.ask(question(100));
        failOn(question(200));
        analysis.ask(question(300));

        // Its units, and those that were never exposed.
        assertThat(tables()).isEqualTo(2);
    }

    @Test
    void whatFailedIsAnsweredWhenItIsAskedAgain() {
        failOn(question(100));

        assertThat(analysis.ask(question(100)).arms().get(0).exposed()).isEqualTo(1);
    }
}
