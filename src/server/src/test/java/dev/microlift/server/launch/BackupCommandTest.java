package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {

    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void serve() throws IOException {
        data = directory.resolve("data");
        Files.createDirectories(data.resolve("log"));
        System.setProperty("microlift.data-dir", data.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty("microlift.data-dir");
    }

    @Test
    void noDatabaseIsMadeForAServerThatHasItsConfigurationElsewhere() {
        StringWriter err = new StringWriter();
        Path backup = directory.resolve("backup");

        int code = Main.commands().setErr(new PrintWriter(err)).execute("backup", "--to", backup.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines("microlift: there is no PostgreSQL in " + data
                        + ", so its server has the configuration in another one: give its MICROLIFT_DATABASE_URL\n");
        assertThat(backup).doesNotExist();
        assertThat(data.resolve("postgres")).doesNotExist();
    }
}
