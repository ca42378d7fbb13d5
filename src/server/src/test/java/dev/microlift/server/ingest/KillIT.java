package dev.microlift.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.ServerProcess;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogForTests;
import dev.microlift.server.eventstore.DuckDbEventStore;
import dev.microlift.server.eventstore.Questions;
import dev.microlift.server.eventstore.StoreForTests;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What a killed server owes its callers: all it acknowledged, each message once. */
class KillIT {

    private static final int CYCLES = 3;
    private static final int SENDERS = 4;
    private static final int BATCH = 50;
    private static final int ACKNOWLEDGED_BEFORE_A_KILL = 60;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final AtomicInteger nextBatch = new AtomicInteger();
    private final Queue<Integer> notAcknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void everyAcknowledgedMessageIsThereOnceAfterEveryKill() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            int before = acknowledged.get();
            try (ServerProcess server = ServerProcess.start(data)) {
                killWhileSending(server);
            }
            assertThat(acknowledged.get()).isGreaterThan(before);
        }

        try (ServerProcess server = ServerProcess.start(data)) {
            for (Integer batch = notAcknowledged.poll(); batch != null; batch = notAcknowledged.poll()) {
                assertThat(send(server, batch)).isTrue();
            }
            server.stop();
        }

        int sent = nextBatch.get() * BATCH;
        assertThat(acknowledged.get()).isEqualTo(nextBatch.get());
        try (EventLog log = LogForTests.open(data);
                DuckDbEventStore store = StoreForTests.open(data, log, Clock.systemUTC())) {
            assertThat(Questions.ask(
                            store, "select count(*), count(distinct message_id), count(distinct position) from events"))
                    .containsExactly(sent + "|" + sent + "|" + sent);
        }
    }

    private void killWhileSending(ServerProcess server) throws InterruptedException {
        Semaphore acknowledgements = new Semaphore(0);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread sender = new Thread(() -> sendUntilTheServerIsGone(server, acknowledgements));
            sender.start();
            senders.add(sender);
        }
        boolean enough = acknowledgements.tryAcquire(ACKNOWLEDGED_BEFORE_A_KILL, 3, TimeUnit.MINUTES);
        server.kill();
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(enough).as("messages are acknowledged").isTrue();
    }

    private void sendUntilTheServerIsGone(ServerProcess server, Semaphore acknowledgements) {
        while (true) {
            Integer again = notAcknowledged.poll();
            int batch = again == null ? nextBatch.getAndIncrement() : again;
            if (!send(server, batch)) {
                return;
            }
            acknowledgements.release();
        }
    }

    /** True if the server acknowledged the whole batch; otherwise it has to be sent again. */
    private boolean send(ServerProcess server, int batch) {
        try {
            HttpResponse<String> answer = server.post("/v1/batch", body(batch));
            if (answer.statusCode() == 200) {
                acknowledged.incrementAndGet();
                return true;
            }
        } catch (IOException gone) {
            // killed while it was answering: acknowledged or not, nobody heard
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        notAcknowledged.add(batch);
        return false;
    }

    private static String body(int batch) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> "{\"type\": \"track\", \"event\": \"Product Viewed\", \"userId\": \"u" + i
                        + "\", \"messageId\": \"b" + batch + "-" + i + "\"}")
                .collect(Collectors.joining(",", "{\"batch\": [", "]}"));
    }
}
