package dev.microlift.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageIdsTest {

    @TempDir
    private Path directory;

    private MessageIds open(Path folder) throws IOException {
        return MessageIds.open(folder, 1 << 20, Clock.systemUTC());
    }

    private static EncodedMessages messages(int from, int to) {
        return EncodedMessages.of(IntStream.range(from, to)
                .mapToObj(i -> SampleMessages.withContent("m" + i, i))
                .toList());
    }

    /** Claims the ids of messages and says how many were known, each with the content it was first given. */
    private static int known(MessageIds ids, int from, int to) throws IOException {
        EncodedMessages messages = messages(from, to);
        int known = 0;
        for (int i = 0; i < messages.count(); i++) {
            long content = ids.claim(messages.high(i), messages.low(i), -1);
            if (content != IdTable.ABSENT) {
                assertThat(content).isEqualTo(messages.content(i));
                known++;
            }
        }
        return known;
    }

    private static void add(MessageIds ids, int from, int to) throws IOException {
        EncodedMessages messages = messages(from, to);
        for (int i = 0; i < messages.count(); i++) {
            assertThat(ids.claim(messages.high(i), messages.low(i), messages.content(i)))
                    .isEqualTo(IdTable.ABSENT);
        }
        ids.durable(to);
    }

    @Test
    void knowsTheIdsItWasGivenWithTheirContentAndNoOthers() throws IOException {
        try (MessageIds ids = open(directory)) {
            add(ids, 0, 1_000);

            assertThat(known(ids, 990, 2_000)).isEqualTo(10);
            assertThat(ids.position()).isEqualTo(1_000);
        }
    }

    @Test
    void whatIsGivenBackIsNew() throws IOException {
        try (MessageIds ids = open(directory)) {
            add(ids, 0, 1_000);
            EncodedMessages others = messages(1_000, 2_000);
            assertThat(known(ids, 1_000, 2_000)).isZero();
            for (int i = 0; i < others.count(); i++) {
                ids.forget(others.high(i), others.low(i));
            }

            assertThat(known(ids, 0, 2_000)).isEqualTo(1_000);
        }
    }

    @Test
    void knowsWhatItWroteToDiskAndWhatItHasInMemory() throws IOException {
        try (MessageIds ids = open(directory)) {
            for (int i = 0; i < 300; i++) {
                add(ids, i * 1_000, (i + 1) * 1_000);
            }

            assertThat(known(ids, 0, 310_000)).isEqualTo(300_000);
        }
    }

    @Test
    void remembersAfterItWasClosed() throws IOException {
        try (MessageIds ids = open(directory)) {
            add(ids, 0, 10);
        }
        try (MessageIds ids = open(directory)) {
            assertThat(ids.position()).isEqualTo(10);
            assertThat(known(ids, 0, 20)).isEqualTo(10);
        }
    }

    @Test
    void doesNotRememberClaimsThatCameToNothing() throws IOException {
        try (MessageIds ids = open(directory)) {
            add(ids, 0, 10);
            assertThat(known(ids, 10, 20)).isZero();
        }
        try (MessageIds ids = open(directory)) {
            assertThat(ids.position()).isZero();
            assertThat(known(ids, 0, 20)).isZero();
        }
    }

    @Test
    void afterACrashItsPositionCoversNoMoreThanTheIdsItKnows() throws IOException {
        Path crashed = directory.resolve("crashed");
        try (MessageIds ids = open(directory.resolve("ids"))) {
            for (int i = 0; i < 300; i++) {
                add(ids, i * 1_000, (i + 1) * 1_000);
            }
            ids.finishWriting();
            copy(directory.resolve("ids"), crashed);
        }
        try (MessageIds ids = open(crashed)) {
            int position = (int) ids.position();

            assertThat(position).isBetween(1, 300_000);
            assertThat(known(ids, 0, position)).isEqualTo(position);
        }
    }

    @Test
    void aDamagedIndexIsThrownAway() throws IOException {
        try (MessageIds ids = open(directory)) {
            add(ids, 0, 10);
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path manifest : files.filter(
                            file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .toList()) {
                Files.writeString(manifest, "damaged");
            }
        }
        try (MessageIds ids = open(directory)) {
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
