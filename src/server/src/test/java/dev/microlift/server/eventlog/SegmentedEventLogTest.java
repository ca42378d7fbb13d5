package dev.microlift.server.eventlog;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.LogLines;
import dev.microlift.server.SettableClock;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentedEventLogTest {

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock(NOON);
    private SegmentedEventLog log;

    @BeforeEach
    void open() {
        log = open(new SmallLog());
    }

    private SegmentedEventLog open(EventLogSettings settings) {
        return SegmentedEventLog.open(directory, settings, clock, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void reopen() {
        log.close();
        open();
    }

    private List<Receipt> append(Message... messages) {
        return log.append(List.of(messages))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private void appendMany(int from, int to) {
        append(IntStream.range(from, to).mapToObj(i -> track("m" + i)).toArray(Message[]::new));
    }

    private List<String> readAfter(long position) throws InterruptedException {
        List<String> read = new ArrayList<>();
        try (LogReader reader = log.readAfter(position)) {
            for (LogBatch batch = reader.next(100, Duration.ZERO);
                    !batch.isEmpty();
                    batch = reader.next(100, Duration.ZERO)) {
                long at = batch.firstPosition();
                for (LoggedMessage message : batch.messages()) {
                    read.add(at++ + ":" + message.decoded().messageId());
                }
            }
        }
        return read;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("log"))) {
            return all.filter(file -> file.toString().endsWith(".log")).count();
        }
    }

    @Test
    void messagesAreReadInTheOrderOfTheirPositions() throws InterruptedException {
        append(track("a"), track("b"));
        append(track("c"));

        assertThat(readAfter(0)).containsExactly("1:a", "2:b", "3:c");
        assertThat(readAfter(2)).containsExactly("3:c");
        assertThat(readAfter(3)).isEmpty();
        assertThat(log.lastPosition()).isEqualTo(3);
    }

    @Test
    void aReaderWaitsForWhatIsAppendedLater() throws Exception {
        try (LogReader reader = log.readAfter(0)) {
            assertThat(reader.next(10, Duration.ZERO).isEmpty()).isTrue();
            append(track("a"));
            assertThat(reader.next(10, Duration.ofMinutes(1)).messages()).hasSize(1);
            append(track("b"));
            assertThat(reader.next(10, Duration.ofMinutes(1)).firstPosition()).isEqualTo(2);
        }
    }

    @Test
    void whatWasAppendedIsThereAfterARestart() throws InterruptedException {
        append(track("a"), track("b"));
        reopen();
        append(track("c"));

        assertThat(readAfter(0)).containsExactly("1:a", "2:b", "3:c");
    }

    @Test
    void aFullFileIsFollowedByAnother() throws InterruptedException, IOException {
        for (int i = 0; i < 40; i++) {
            appendMany(i * 50, i * 50 + 50);
        }
        assertThat(files()).isGreaterThan(2);
        assertThat(readAfter(0)).hasSize(2_000).startsWith("1:m0").endsWith("2000:m1999");
        assertThat(readAfter(1_234)).hasSize(766).startsWith("1235:m1234");

        reopen();
        assertThat(readAfter(0)).hasSize(2_000);
    }

    @Test
    void oneCallMayBeLargerThanAFile() throws InterruptedException {
        appendMany(0, 3_000);

        assertThat(readAfter(0)).hasSize(3_000);
    }

    @Test
    void anIdThatIsKnownIsADuplicateInTheSameCallInLaterOnesAndAfterARestart() {
        assertThat(append(track("a"), track("a"))).containsExactly(Receipt.STORED, Receipt.DUPLICATE);
        assertThat(append(track("a"), track("b"))).containsExactly(Receipt.DUPLICATE, Receipt.STORED);
        reopen();
        assertThat(append(track("a"), track("b"), track("c")))
                .containsExactly(Receipt.DUPLICATE, Receipt.DUPLICATE, Receipt.STORED);
    }

    @Test
    void idsAreReadFromTheLogAgainWhenTheirIndexIsGone() throws IOException {
        append(track("a"), track("b"));
        log.close();
        try (Stream<Path> index = Files.list(directory.resolve("ids"))) {
            for (Path file : index.toList()) {
                Files.delete(file);
            }
        }
        open();

        assertThat(append(track("b"), track("c"))).containsExactly(Receipt.DUPLICATE, Receipt.STORED);
    }

    @Test
    void otherContentUnderAKnownIdIsAConflictAndTheFirstIsKept() throws InterruptedException {
        assertThat(append(SampleMessages.withContent("a", 1), SampleMessages.withContent("a", 2)))
                .containsExactly(Receipt.STORED, Receipt.CONFLICT);
        reopen();

        assertThat(append(SampleMessages.withContent("a", 2), SampleMessages.withContent("a", 1)))
                .containsExactly(Receipt.CONFLICT, Receipt.DUPLICATE);
        assertThat(readAfter(0)).containsExactly("1:a");
    }

    @Test
    void idsStayKnownWhenTheClockIsSet() {
        append(track("a"));
        clock.advance(Duration.ofDays(400));
        assertThat(append(track("a"))).containsExactly(Receipt.DUPLICATE);
        clock.advance(Duration.ofDays(-800));
        assertThat(append(track("a"))).containsExactly(Receipt.DUPLICATE);
    }

    @Test
    void idsStayKnownWhenTheClockIsSetAfterACrash() throws IOException {
        append(track("a"));
        Path crashed = Files.createDirectories(directory.resolve("crashed"));
        for (String part : List.of("log", "ids")) {
            copy(directory.resolve(part), Files.createDirectories(crashed.resolve(part)));
        }
        log.close();
        clock.advance(Duration.ofDays(10));

        log = SegmentedEventLog.open(crashed, new SmallLog(), clock, new SimpleMeterRegistry());

        assertThat(append(track("a"))).containsExactly(Receipt.DUPLICATE);
    }

    @Test
    void messagesAreRefusedWhileTheStoreIsTooFarBehind() throws InterruptedException {
        log.close();
        log = open(new SmallLog(64 << 10, 3));
        log.loaded(0);
        append(track("a"), track("b"), track("c"), track("d"));

        assertThatThrownBy(() -> append(track("e"))).cause().isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
            assertThat(refusal.retryAfter()).isPresent();
        });
        assertThat(log.awaitRoom(1)).isPresent();

        log.loaded(4);
        assertThat(log.awaitRoom(1)).isEmpty();
        assertThat(append(track("e"))).containsExactly(Receipt.STORED);
        assertThat(readAfter(4)).containsExactly("5:e");
    }

    @Test
    void positionsThatStandElsewhereAreNotGivenAgain() throws InterruptedException {
        append(track("a"));
        log.continueAfter(10);
        append(track("b"));
        reopen();

        assertThat(readAfter(10)).containsExactly("11:b");
        assertThat(log.lastPosition()).isEqualTo(11);
    }

    @Test
    void idsAreReadAnewFromWhatIsLeftAfterARelease() throws Exception {
        for (int i = 0; i < 40; i++) {
            appendMany(i * 50, i * 50 + 50);
        }
        writtenAtNoon();
        clock.advance(Duration.ofDays(9));
        log.release(1_500);
        long first = log.firstPosition();
        assertThat(first).isBetween(2L, 1_501L);
        log.close();
        Folders.delete(directory.resolve("ids"));
        try (LogLines lost = LogLines.ofLostMessages()) {
            open();

            assertThat(append(track("m1999"))).containsExactly(Receipt.DUPLICATE);
            assertThat(readAfter(log.firstPosition() - 1)).hasSize((int) (2_001 - first));
            assertThat(lost.count()).isZero();
            assertThat(readAfter(0)).hasSize((int) (2_001 - first));
            assertThat(lost.count()).as("told to who misses them").isOne();
        }
    }

    @Test
    void releasedFilesAreDeletedOnceTheirIdsAreTooOldToMatter() throws IOException, InterruptedException {
        for (int i = 0; i < 40; i++) {
            appendMany(i * 50, i * 50 + 50);
        }
        long before = files();
        log.release(1_500);
        assertThat(files()).as("within the horizon").isEqualTo(before);

        writtenAtNoon();
        clock.advance(Duration.ofDays(9));
        log.release(1_500);

        assertThat(files()).isLessThan(before);
        assertThat(readAfter(1_500)).hasSize(500);
        reopen();
        assertThat(readAfter(1_500)).hasSize(500);
    }

    /** Gives the files the time of the clock that the test sets. */
    private void writtenAtNoon() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("log"))) {
            for (Path file : all.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(NOON));
            }
        }
    }

    @Test
    void nothingIsTakenInAfterTheEnd() {
        log.close();

        assertThatThrownBy(() -> append(track("a"))).cause().isInstanceOf(ProblemException.class);
    }
}
