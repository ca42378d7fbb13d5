package dev.microlift.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageIdsTest {

    @TempDir
    private Path directory;

    private static List<EncodedMessage> messages(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> EncodedMessage.of(SampleMessages.withContent("m" + i, i)))
                .toList();
    }

    @Test
    void knowsTheIdsItWasGivenWithTheirContentAndNoOthers() throws IOException {
        try (MessageIds ids = MessageIds.open(directory, 1 << 20)) {
            ids.add(messages(0, 1_000), 1_000);

            assertThat(ids.known(messages(990, 2_000))).hasSize(10).containsEntry(Fingerprint.of("m995"), 995);
            assertThat(ids.position()).isEqualTo(1_000);
        }
    }

    @Test
    void remembersAfterItWasClosed() throws IOException {
        try (MessageIds ids = MessageIds.open(directory, 1 << 20)) {
            ids.add(messages(0, 10), 10);
        }
        try (MessageIds ids = MessageIds.open(directory, 1 << 20)) {
            assertThat(ids.known(messages(0, 20))).hasSize(10);
            assertThat(ids.position()).isEqualTo(10);
        }
    }

    @Test
    void afterACrashItsPositionCoversNoMoreThanTheIdsItKnows() throws IOException {
        Path crashed = directory.resolve("crashed");
        try (MessageIds ids = MessageIds.open(directory.resolve("ids"), 1 << 20)) {
            for (int i = 0; i < 800; i++) {
                ids.add(messages(i * 1_000, (i + 1) * 1_000), (i + 1) * 1_000L);
            }
            copy(directory.resolve("ids"), crashed);
        }
        try (MessageIds ids = MessageIds.open(crashed, 1 << 20)) {
            int position = (int) ids.position();

            assertThat(position).isBetween(1, 800_000);
            assertThat(ids.known(messages(0, position))).hasSize(position);
        }
    }

    @Test
    void aDamagedIndexIsThrownAway() throws IOException {
        try (MessageIds ids = MessageIds.open(directory, 1 << 20)) {
            ids.add(messages(0, 10), 10);
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path manifest : files.filter(
                            file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .toList()) {
                Files.writeString(manifest, "damaged");
            }
        }
        try (MessageIds ids = MessageIds.open(directory, 1 << 20)) {
            assertThat(ids.position()).isZero();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().equals("LOCK")) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }
}
