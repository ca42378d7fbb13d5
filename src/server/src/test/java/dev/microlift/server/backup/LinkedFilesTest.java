package dev.microlift.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.BackupLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedFilesTest {

    @TempDir
    Path data;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(data.resolve("log"));
        Files.writeString(data.resolve("log/1.log"), "messages");
    }

    @Test
    void aFileThatIsReplacedStaysAsItWasUntilTheBackupIsMade() throws IOException {
        Path link;
        try (LinkedFiles linked = LinkedFiles.of(data)) {
            Files.delete(data.resolve("log/1.log"));
            link = linked.path().resolve("log/1.log");
            assertThat(link).hasContent("messages");
        }
        assertThat(link).doesNotExist();
    }

    @Test
    void whatABackupThatWasKilledLeftIsNotInTheNext() throws IOException {
        Path left = Files.createDirectories(data.resolve("backup-links/log")).resolve("0.log");
        Files.writeString(left, "erased since");

        try (LinkedFiles linked = LinkedFiles.of(data)) {
            assertThat(linked.path().resolve("log/0.log")).doesNotExist();
            assertThat(linked.path().resolve("log/1.log")).exists();
        }
    }

    @Test
    void theyAreMadeOnceTheStepOfAnErasureIsDone() throws Exception {
        FutureTask<String> content = new FutureTask<>(() -> {
            try (LinkedFiles linked = LinkedFiles.of(data)) {
                return Files.readString(linked.path().resolve("log/1.log"));
            }
        });
        try (BackupLinks step = BackupLinks.take(data)) {
            Thread backup = new Thread(content);
            backup.start();
            backup.join(200);
            assertThat(step.folder()).doesNotExist();
            Files.writeString(data.resolve("log/1.log"), "erased");
        }
        assertThat(content.get(1, TimeUnit.MINUTES)).isEqualTo("erased");
    }
}
