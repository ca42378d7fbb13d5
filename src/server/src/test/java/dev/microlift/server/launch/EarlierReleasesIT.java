package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.ServerProcess;
import dev.microlift.server.ServerProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each release left behind is served by this one. */
class EarlierReleasesIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    static Stream<Path> releases() {
        return Archives.releases().stream();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void aBackupOfAnEarlierReleaseGivesItsFiguresAndKnowsItsMessages(Path release) throws Exception {
        Path backup = Archives.unpack(release.resolve("backup.zip"), directory.resolve("backup"));
        Path data = directory.resolve("data");

        Outcome restored = ServerProcess.run(data, Map.of(), "restore", "--from", backup.toString());
        assertThat(restored.exitCode()).as(restored.output()).isZero();

        try (ServerProcess server = ServerProcess.start(data, SmallShop.ENVIRONMENT)) {
            assertThat(SmallShop.figures(server))
                    .isNotEmpty()
                    .isEqualTo(Files.readAllLines(release.resolve("figures.txt")));
            assertThat(SmallShop.send(server).path("duplicates").asInt())
                    .isEqualTo(SmallShop.messages().size());
            server.stop();
        }
    }

    /** Once for each release, with {@code -Drelease=<its version>}: writes what the tests above read ever after. */
    @Test
    @EnabledIfSystemProperty(named = "release", matches = "\\d+\\.\\d+\\.\\d+")
    void thisReleaseLeavesItsData() throws Exception {
        Path release = Archives.RELEASES.resolve(System.getProperty("release"));
        Path data = Files.createDirectory(directory.resolve("data"));
        Path backup = directory.resolve("backup");
        SmallShop.prepare(data);

        try (ServerProcess server = ServerProcess.start(data, SmallShop.ENVIRONMENT)) {
            SmallShop.fill(server, data);
            Outcome made = ServerProcess.run(data, Map.of(), "backup", "--to", backup.toString());
            assertThat(made.exitCode()).as(made.output()).isZero();
            Files.createDirectories(release);
            Files.write(release.resolve("figures.txt"), SmallShop.figures(server));
            server.stop();
        }
        Archives.pack(backup, List.of(""), release.resolve("backup.zip"));
        Archives.pack(
                data,
                List.of("microlift.format", "log", "ids", "events", "events.duckdb", "facts"),
                release.resolve("files.zip"));

        assertThat(Files.size(release.resolve("backup.zip")) + Files.size(release.resolve("files.zip")))
                .as("bytes that the sources grow by")
                .isLessThan(300_000);
    }
}
