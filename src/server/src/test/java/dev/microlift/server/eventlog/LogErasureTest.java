package dev.microlift.server.eventlog;

import static dev.microlift.server.eventlog.MessageBuilder.message;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.DataFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogErasureTest {

    private static final String ERIKA = "erika-4711";
    private static final Selection OF_ERIKA = new Selection.OfUnit("user", ERIKA);

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private SegmentedEventLog log;

    @BeforeEach
    void open() {
        log = SegmentedEventLog.open(directory, new SmallLog(), Clock.systemUTC(), meters);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Message ofErika(String messageId) {
        return message(messageId).user(ERIKA).build();
    }

    private List<Receipt> append(Message... messages) {
        return log.append(List.of(messages))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** Fills several files; every tenth message is Erika's. */
    private void fill() {
        for (int call = 0; call < 30; call++) {
            Message[] messages = new Message[50];
            for (int i = 0; i < messages.length; i++) {
                String id = "m" + call + "-" + i;
                messages[i] = i % 10 == 7 ? ofErika(id) : track(id);
            }
            append(messages);
        }
    }

    private List<String> read(LogReader reader) throws InterruptedException {
        List<String> read = new ArrayList<>();
        for (LogBatch batch = reader.next(100, Duration.ZERO);
                !batch.isEmpty();
                batch = reader.next(100, Duration.ZERO)) {
            long at = batch.firstPosition();
            for (LoggedMessage message : batch.messages()) {
                read.add(at++ + ":" + (message.isErased() ? "erased" : new String(message.messageId(), UTF_8)));
            }
        }
        return read;
    }

    private List<String> read() throws InterruptedException {
        try (LogReader reader = log.readAfter(0)) {
            return read(reader);
        }
    }

    @Test
    void noFileHoldsAByteOfWhatWasErased() throws Exception {
        fill();
        assertThat(DataFiles.with(directory, ERIKA)).hasSizeGreaterThan(1);

        assertThat(log.erase(OF_ERIKA)).isEqualTo(150);

        assertThat(DataFiles.with(directory, ERIKA)).isEmpty();
        log.close();
        assertThat(DataFiles.with(directory, ERIKA)).isEmpty();
    }

    @Test
    void allOthersKeepPositionAndContent() throws Exception {
        fill();
        List<String> before = read();

        log.erase(OF_ERIKA);

        List<String> expected = before.stream()
                .map(line -> line.endsWith("7") && line.matches(".*-\\d?7")
                        ? line.substring(0, line.indexOf(':')) + ":erased"
                        : line)
                .toList();
        assertThat(read()).isEqualTo(expected);
        log.close();
        open();
        assertThat(read()).isEqualTo(expected);
        assertThat(meters.get("microlift.log.lost").functionCounter().count()).isZero();
    }

    @Test
    void aReaderInTheMiddleGoesOn() throws Exception {
        fill();
        try (LogReader reader = log.readAfter(0)) {
            LogBatch first = reader.next(100, Duration.ZERO);
            log.erase(OF_ERIKA);
            append(track("after"));

            List<String> rest = read(reader);

            assertThat(rest).hasSize(1_501 - first.messages().size()).endsWith("1501:after");
        }
    }

    @Test
    void idsOfOthersStayKnownAndErasedOnesAreForgottenAlsoAfterARestart() throws Exception {
        append(track("a"), ofErika("e"));
        log.erase(OF_ERIKA);
        assertThat(append(track("a"), track("e"))).containsExactly(Receipt.DUPLICATE, Receipt.STORED);
        log.close();
        open();
        assertThat(append(track("a"), track("e"))).containsExactly(Receipt.DUPLICATE, Receipt.DUPLICATE);
    }

    @Test
    void idsThatAreOnDiskAlreadyAreForgottenToo() throws Exception {
        append(track("a"), ofErika("e"));
        log.close();
        open();

        log.erase(OF_ERIKA);

        assertThat(append(track("a"), track("e"))).containsExactly(Receipt.DUPLICATE, Receipt.STORED);
    }

    @Test
    void erasingAgainChangesNothing() throws Exception {
        fill();
        log.erase(OF_ERIKA);
        List<String> once = read();

        assertThat(log.erase(OF_ERIKA)).isZero();

        assertThat(read()).isEqualTo(once);
    }

    @Test
    void anUnfinishedFileOfAnEndedProcessIsRemovedAtTheStart() throws Exception {
        append(track("a"), ofErika("e"));
        log.close();
        Files.writeString(directory.resolve("log").resolve("segment.rewritten"), "half of " + ERIKA);
        open();

        log.erase(OF_ERIKA);

        assertThat(DataFiles.with(directory, ERIKA)).isEmpty();
        assertThat(read()).containsExactly("1:a", "2:erased");
    }

    @Test
    void damagedPlacesAreErasedWithTheRest() throws Exception {
        append(track("a"));
        append(ofErika("e"));
        append(track("b"));
        log.close();
        Path file = DataFiles.with(directory, ERIKA).get(0);
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, ISO_8859_1).indexOf(ERIKA);
        bytes[at - 40] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        open();

        log.erase(OF_ERIKA);

        assertThat(DataFiles.with(directory, ERIKA)).isEmpty();
        assertThat(read()).containsExactly("1:a", "3:b");
    }

    @Test
    void filesKeepTheirAge() throws Exception {
        append(ofErika("e"));
        append(track("a"));
        log.close();
        Path file = DataFiles.with(directory, ERIKA).get(0);
        var age = Files.getLastModifiedTime(file);
        open();

        log.erase(OF_ERIKA);

        // The start itself cuts the file to its length, at most a moment later.
        assertThat(Files.getLastModifiedTime(file)).isGreaterThanOrEqualTo(age);
        assertThat(read()).containsExactly("1:erased", "2:a");
    }

    @Test
    void whatIsRefusedIsToldAmongTheOthersAndNotStored() throws Exception {
        log.refuse(message -> ERIKA.equals(message.userId()));

        assertThat(append(ofErika("e1"), track("a"), ofErika("e2"), track("a")))
                .containsExactly(Receipt.REFUSED, Receipt.STORED, Receipt.REFUSED, Receipt.DUPLICATE);
        assertThat(append(ofErika("e1"))).containsExactly(Receipt.REFUSED);

        assertThat(read()).containsExactly("1:a");
        assertThat(DataFiles.with(directory, ERIKA)).isEmpty();
    }
}
