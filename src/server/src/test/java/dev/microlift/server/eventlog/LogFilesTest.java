package dev.microlift.server.eventlog;

import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    private static final int MESSAGES = 2000;

    @TempDir
    Path directory;

    @Test
    void whatIsCopiedOfALogThatIsWrittenToIsALogUpToThatPosition() throws Exception {
        Path copy = directory.resolve("copy");
        try (EventLog log = LogForTests.open(directory)) {
            append(log, "first");
            LogFiles files = LogFiles.in(directory);
            append(log, "later");

            assertThat(files.lastPosition()).isEqualTo(MESSAGES);
            assertThat(files.files()).hasSizeGreaterThan(1);
            copy(files, copy.resolve("log"));
        }
        try (EventLog copied = LogForTests.open(copy);
                LogReader reader = copied.readAfter(MESSAGES - 1)) {
            assertThat(copied.lastPosition()).isEqualTo(MESSAGES);
            assertThat(reader.next(10, Duration.ofMinutes(1)).messages()).hasSize(1);
        }
    }

    @Test
    void aLogThatIsNotThereHasNoFiles() throws IOException {
        assertThat(LogFiles.in(directory)).isEqualTo(new LogFiles(List.of(), 0));
    }

    private static void append(EventLog log, String prefix) {
        for (int i = 0; i < MESSAGES; i += 100) {
            List<Message> messages = new ArrayList<>();
            for (int j = i; j < i + 100; j++) {
                messages.add(track(prefix + j));
            }
            log.append(messages).toCompletableFuture().join();
        }
    }

    private static void copy(LogFiles files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (LogFiles.LogFile file : files.files()) {
            byte[] all = Files.readAllBytes(file.path());
            Files.write(folder.resolve(file.path().getFileName()), Arrays.copyOf(all, (int) file.bytes()));
        }
    }
}
