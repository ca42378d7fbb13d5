package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built server refuses a bad setting in one line, before it touches anything. */
class SettingsIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "MICROLIFT_EVENT_LOG_QUEUE_BYTES, 64 MiB, 'MICROLIFT_EVENT_LOG_QUEUE_BYTES (microlift.event-log.queue-bytes)"
                + " must be a whole number, 1 or more, not \"64 MiB\"'",
        "MICROLIFT_EVENT_STORE_MEMORY_LIMIT, -1GB, 'MICROLIFT_EVENT_STORE_MEMORY_LIMIT"
                + " (microlift.event-store.memory-limit) must be a size of memory of 16MB or more, as 512MB or 2GB, not \"-1GB\"'",
        "MICROLIFT_SINGLE_SIGN_ON_ENABLED, true,"
                + " 'MICROLIFT_SINGLE_SIGN_ON_ENABLED needs MICROLIFT_SINGLE_SIGN_ON_ISSUER'",
        "MICROLIFT_REJECT_KEEP, 5, 'there is no setting MICROLIFT_REJECT_KEEP; did you mean MICROLIFT_REJECTS_KEEP?'",
        "QUARKUS_HTTP_PORT, http, 'QUARKUS_HTTP_PORT (quarkus.http.port) must be a port, 0 to 65535," + " not \"http\"'"
    })
    void aBadSettingStopsTheStartWithOneLineAndLeavesNothingBehind(String variable, String value, String told)
            throws Exception {
        Path data = directory.resolve("data");
        Path output = directory.resolve("output");

        assertThat(exitCode(data, output, variable, value)).isEqualTo(1);

        assertThat(Files.readAllLines(output)).isEqualTo(List.of("microlift: " + told));
        assertThat(data).doesNotExist();
    }

    private static int exitCode(Path data, Path output, String variable, String value)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(System.getProperty("microlift.jar")).toString());
        builder.environment().put("MICROLIFT_DATA_DIR", data.toString());
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put(variable, value);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
