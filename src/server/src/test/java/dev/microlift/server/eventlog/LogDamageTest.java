package dev.microlift.server.eventlog;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a log whose files were cut or changed. Frames of three messages: at positions 1 to 3, 4 to 6, and so on. */
class LogDamageTest {

    private static final int FRAMES = 6;
    private static final int PER_FRAME = 3;

    @TempDir
    private Path directory;

    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long frameBytes;

    @BeforeEach
    void writeFrames() throws IOException {
        try (SegmentedEventLog log = open()) {
            for (int frame = 0; frame < FRAMES; frame++) {
                List<Message> messages = new ArrayList<>();
                for (int i = 1; i <= PER_FRAME; i++) {
                    messages.add(track("m" + (frame * PER_FRAME + i)));
                }
                append(log, messages);
            }
        }
        // Ids of 9 and of more have more digits; all frames but the first ones are of one size.
        frameBytes = Files.size(file()) / FRAMES;
    }

    private SegmentedEventLog open() {
        meters = new SimpleMeterRegistry();
        return SegmentedEventLog.open(directory, new SmallLog(), new SettableClock(NOON), meters);
    }

    private static List<Receipt> append(SegmentedEventLog log, List<Message> messages) {
        return log.append(messages)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .min(Path::compareTo)
                    .orElseThrow();
        }
    }

    private void flip(long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 0x10);
        }
    }

    private void cutTo(long length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.setLength(length);
        }
    }

    private static List<String> all(SegmentedEventLog log) throws InterruptedException {
        List<String> read = new ArrayList<>();
        try (LogReader reader = log.readAfter(0)) {
            long position = 0;
            while (position < log.lastPosition()) {
                LogBatch batch = reader.next(1_000, Duration.ZERO);
                long at = batch.firstPosition();
                for (LoggedMessage message : batch.messages()) {
                    String id = message.decoded().messageId();
                    assertThat(id).isEqualTo("m" + at++);
                    read.add(id);
                }
                position = batch.lastPosition();
            }
        }
        return read;
    }

    private double lost() {
        return meters.get("microlift.log.lost").functionCounter().count();
    }

    @RepeatedTest(60)
    void aFlippedBitCostsAtMostTheFrameItIsInAndTheLossIsCounted(RepetitionInfo repetition) throws Exception {
        long size = Files.size(file());
        flip(new Random(repetition.getCurrentRepetition()).nextLong(size));

        try (SegmentedEventLog log = open()) {
            assertThat(all(log)).hasSize((FRAMES - 1) * PER_FRAME);
            assertThat(lost()).isEqualTo(PER_FRAME);
        }
    }

    @RepeatedTest(60)
    void aTornTailIsCutOffAndWhatIsBeforeItStays(RepetitionInfo repetition) throws Exception {
        long size = Files.size(file());
        long cut = new Random(repetition.getCurrentRepetition()).nextLong(size);
        cutTo(cut);

        try (SegmentedEventLog log = open()) {
            List<String> left = all(log);

            assertThat(left.size() % PER_FRAME).isZero();
            assertThat((long) left.size())
                    .isBetween(cut / (frameBytes + 8) * PER_FRAME, cut / (frameBytes - 8) * PER_FRAME);
            assertThat(lost()).isEqualTo(FRAMES * PER_FRAME - left.size());
            assertThat(append(log, List.of(track("m19")))).containsExactly(Receipt.STORED);
            assertThat(all(log)).hasSize(left.size() + 1).endsWith("m19");
        }
        try (SegmentedEventLog log = open()) {
            assertThat(log.cutBytes()).isZero();
            assertThat(all(log)).endsWith("m19");
        }
    }

    @Test
    void garbageBehindTheLastFrameIsCutOffAndCounted() throws Exception {
        long size = Files.size(file());
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek(size);
            bytes.write(new byte[] {0x4d, 0x4c, 0x46, 0x31, 0, 0, 0, 9, 0, 0, 1});
        }

        try (SegmentedEventLog log = open()) {
            assertThat(log.cutBytes()).isEqualTo(11);
            assertThat(all(log)).hasSize(FRAMES * PER_FRAME);
            assertThat(lost()).isZero();
        }
    }

    @Test
    void anIndexOfIdsThatIsMadeAnewKnowsNothingOfMessagesThatWereCutOff() throws Exception {
        cutTo(Files.size(file()) - 1);
        try (Stream<Path> index = Files.list(directory.resolve("ids"))) {
            for (Path part : index.toList()) {
                Files.delete(part);
            }
        }

        try (SegmentedEventLog log = open()) {
            assertThat(append(log, List.of(track("m15"), track("m16"))))
                    .containsExactly(Receipt.DUPLICATE, Receipt.STORED);
        }
    }

    @Test
    void aMissingFileIsPassedOverAndCounted() throws Exception {
        try (SegmentedEventLog log = open()) {
            append(log, List.of(track("m19")));
        }
        Files.delete(file());

        try (SegmentedEventLog log = open()) {
            assertThat(all(log)).containsExactly("m19");
            assertThat(lost()).isEqualTo(FRAMES * PER_FRAME);
        }
    }
}
