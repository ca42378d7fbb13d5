package dev.microlift.server.launch;

import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.MemoryEventLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RebuildStoreCommandTest {

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void choose() {
        System.setProperty("microlift.data-dir", directory.toString());
    }

    @AfterEach
    void restore() {
        System.clearProperty("microlift.data-dir");
    }

    private int run() {
        return new CommandLine(new RebuildStoreCommand(data -> log))
                .setErr(new PrintWriter(err))
                .execute();
    }

    @Test
    void theStoreIsMadeInTheDataDirectory() {
        log.append(track("a"));

        assertThat(run()).isZero();
        assertThat(directory.resolve("events.duckdb")).exists();
        assertThat(err.toString()).contains("the event store is whole");
    }

    @Test
    void whileAServerHoldsTheDirectoryItIsRefusedNamingTheHolder() {
        DataDirectory held = DataDirectory.open(directory);

        assertThat(run()).isEqualTo(1);
        assertThat(err.toString())
                .contains("is in use by process " + ProcessHandle.current().pid());
        assertThat(held.path().resolve("events.duckdb")).doesNotExist();
    }
}
