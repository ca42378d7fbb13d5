package dev.microlift.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.ServerProcess;
import dev.microlift.server.ServerProcess.Outcome;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LogForTests;
import dev.microlift.server.eventlog.LogReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One server's life under load: it is backed up, told to leave, and made anew elsewhere from the backup. */
class BackupIT {

    private static final String BEFORE_ALL_REPORTS = "04";
    private static final int SENDERS = 3;
    private static final int BATCH = 20;
    private static final int ACKNOWLEDGED_AROUND_A_STEP = 30;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final AtomicInteger nextBatch = new AtomicInteger();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final Semaphore acknowledgements = new Semaphore(0);

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aBackupUnderLoadGivesTheSameReportsElsewhereAndAStopUnderLoadLosesNothing() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path backup = directory.resolve("backups").resolve("first");
        SmallShop.prepare(data);
        Map<String, String> reports;
        Set<Integer> acknowledgedBefore;

        try (ServerProcess server = ServerProcess.start(data, SmallShop.ENVIRONMENT)) {
            SmallShop.fill(server, data);
            reports = SmallShop.hashes(server);
            List<Thread> senders = send(server);
            awaitAcknowledgements();
            acknowledgedBefore = Set.copyOf(acknowledged);

            Outcome made = ServerProcess.run(data, Map.of(), "backup", "--to", backup.toString());
            assertThat(made.exitCode()).as(made.output()).isZero();
            awaitAcknowledgements();

            assertThat(SmallShop.hashes(server)).as("the load is in no report").isEqualTo(reports);
            try (Socket stream = openStream(server);
                    Socket upload = openSlowUpload(server)) {
                assertThat(server.stop())
                        .as("exit code of a server that was told to leave")
                        .isEqualTo(143);
                assertThat(List.of(stream, upload)).isNotEmpty();
            }
            for (Thread sender : senders) {
                sender.join();
            }
        }
        assertThat(batchesIn(data))
                .as("all that was acknowledged up to the stop")
                .containsAll(acknowledged);

        Path restored = directory.resolve("restored");
        Outcome outcome = ServerProcess.run(restored, Map.of(), "restore", "--from", backup.toString());
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        try (ServerProcess server = ServerProcess.start(restored, SmallShop.ENVIRONMENT)) {
            assertThat(SmallShop.hashes(server)).isEqualTo(reports);
            assertThat(SmallShop.send(server).path("duplicates").asInt())
                    .isEqualTo(SmallShop.messages().size());
            for (int batch : acknowledgedBefore) {
                JsonNode again = SmallShop.JSON.readTree(
                        server.post("/v1/batch", batch(batch)).body());
                assertThat(again.path("duplicates").asInt())
                        .as("batch %d", batch)
                        .isEqualTo(BATCH);
            }
            server.stop();
        }
    }

    /** Sends events that no report speaks of, until the server is gone. */
    private List<Thread> send(ServerProcess server) {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread sender = new Thread(() -> sendUntilTheServerIsGone(server));
            sender.setDaemon(true);
            sender.start();
            senders.add(sender);
        }
        return senders;
    }

    private void sendUntilTheServerIsGone(ServerProcess server) {
        try {
            while (true) {
                int batch = nextBatch.getAndIncrement();
                if (server.post("/v1/batch", batch(batch)).statusCode() == 200) {
                    acknowledged.add(batch);
                    acknowledgements.release();
                }
            }
        } catch (IOException gone) {
            // the server has left: acknowledged or not, nobody heard
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAcknowledgements() throws InterruptedException {
        acknowledgements.drainPermits();
        assertThat(acknowledgements.tryAcquire(ACKNOWLEDGED_AROUND_A_STEP, 3, TimeUnit.MINUTES))
                .as("messages are acknowledged")
                .isTrue();
    }

    private static String batch(int number) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> SmallShop.message("load-%d-%d".formatted(number, i), -1, "Load", BEFORE_ALL_REPORTS, ""))
                .collect(joining(",", "{\"batch\": [", "]}"));
    }

    /** The numbers of the load's batches that stand in a log as a whole, read as the next start reads it. */
    private static Set<Integer> batchesIn(Path data) throws InterruptedException {
        Set<String> ids = new HashSet<>();
        try (EventLog log = LogForTests.open(data);
                LogReader reader = log.readAfter(0)) {
            for (long position = 0; position < log.lastPosition(); ) {
                LogBatch read = reader.next(10_000, Duration.ofSeconds(1));
                read.messages().forEach(message -> ids.add(new String(message.messageId(), UTF_8)));
                position = read.lastPosition();
            }
        }
        Set<Integer> whole = new HashSet<>();
        for (int number = 0; ids.contains("load-%d-0".formatted(number)) || number < ids.size(); number++) {
            String prefix = "load-" + number + "-";
            if (IntStream.range(0, BATCH).allMatch(i -> ids.contains(prefix + i))) {
                whole.add(number);
            }
        }
        return whole;
    }

    /** A reader of live figures, who has got the first of them. */
    private static Socket openStream(ServerProcess server) throws IOException {
        Socket socket = connect(
                server,
                "GET /api/v1/experiments/button/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                        + "Authorization: Bearer " + ServerProcess.ADMIN_KEY + "\r\n\r\n");
        String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
        assertThat(status).isEqualTo("HTTP/1.1 200 OK");
        return socket;
    }

    /** A sender who never gets to the end. */
    private static Socket openSlowUpload(ServerProcess server) throws IOException {
        return connect(
                server,
                "POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n"
                        + "Authorization: Bearer " + ServerProcess.ADMIN_KEY + "\r\n\r\n{\"batch\": [");
    }

    private static Socket connect(ServerProcess server, String request) throws IOException {
        Socket socket = new Socket(server.address().getHost(), server.address().getPort());
        socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        socket.getOutputStream().write(request.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }
}
