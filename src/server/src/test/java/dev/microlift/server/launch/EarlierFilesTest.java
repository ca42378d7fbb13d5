package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogForTests;
import dev.microlift.server.eventstore.DuckDbEventStore;
import dev.microlift.server.eventstore.Questions;
import dev.microlift.server.eventstore.StoreForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the log and the store, as each release left them on disk, are opened by this one. */
class EarlierFilesTest {

    private static final String COUNTS =
            "select name, count(*), count(distinct message_id) from events" + " group by name order by name";

    @TempDir
    Path directory;

    static Stream<Path> releases() {
        return Archives.releases().stream();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void theStoreOfAnEarlierReleaseAndOneMadeAnewFromItsLogHoldTheSame(Path release) throws IOException {
        Path files = Archives.unpack(release.resolve("files.zip"), directory);
        DataDirectory.open(files);

        List<String> asItLay = counts(files);
        Files.delete(files.resolve("events.duckdb"));

        assertThat(asItLay).contains("Products Searched|" + SmallShop.UNITS + "|" + SmallShop.UNITS);
        assertThat(counts(files)).isEqualTo(asItLay);
    }

    private static List<String> counts(Path files) {
        try (EventLog log = LogForTests.open(files);
                DuckDbEventStore store = StoreForTests.open(files, log, Clock.systemUTC())) {
            return Questions.ask(store, COUNTS);
        }
    }
}
