package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What a killed server owes its senders: all it acknowledged, each message once. */
final class Kill implements Program {

    private static final String CYCLES = "--cycles";
    private static final Duration LONGEST_CYCLE = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofMinutes(5);
    private static final Duration LOADING = Duration.ofSeconds(60);
    private static final int BATCHES_BEFORE_A_KILL = 20;
    private static final int LONGEST_AFTER_MILLIS = 1_500;

    @Override
    public String name() {
        return "faults kill";
    }

    @Override
    public String purpose() {
        return """
                kills the server (SIGKILL) again and again at seeded moments while several senders send, and send again
                what was not acknowledged. In the end the store must have every message that was sent, each once. A
                cycle that acknowledged nothing fails.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR,
                new Option(CYCLES, "20", "how often the server is killed"),
                Option.connections(8),
                Option.DIRECTORY,
                Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        int cycles = arguments.number(CYCLES);
        Random random = new Random(arguments.seed());
        Ledger ledger = new Ledger();
        Shop shop = Shop.of(arguments.seed(), "kill");
        long idle = 0;
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Launch launch = Launch.of(arguments.path(Option.JAR), workspace.folder("data"));
            for (int cycle = 1; cycle <= cycles; cycle++) {
                long before = ledger.acknowledgedBatches();
                try (ServerUnderTest server = ServerUnderTest.start(launch)) {
                    Traffic traffic =
                            new Traffic(server.api(), shop, ledger, "/v1/batch", arguments.number("--connections"));
                    killWhileSending(server, traffic, ledger, random.nextInt(LONGEST_AFTER_MILLIS));
                }
                long acknowledged = ledger.acknowledgedBatches() - before;
                idle += acknowledged == 0 ? 1 : 0;
                progress.say("cycle " + cycle + " of " + cycles + ": " + acknowledged + " batches acknowledged");
            }
            return settled(launch, shop, ledger)
                    .tell("kills", cycles)
                    .requireNone("cycles that acknowledged nothing", idle);
        }
    }

    private static void killWhileSending(ServerUnderTest server, Traffic traffic, Ledger ledger, int after)
            throws InterruptedException {
        long enough = ledger.acknowledgedBatches() + BATCHES_BEFORE_A_KILL;
        long end = System.nanoTime() + LONGEST_CYCLE.toNanos();
        try (Sending sending = Sending.start(traffic)) {
            while (ledger.acknowledgedBatches() < enough && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            Thread.sleep(after);
            server.kill();
            sending.stop();
        }
    }

    private static Figures settled(Launch launch, Shop shop, Ledger ledger) throws IOException, InterruptedException {
        try (ServerUnderTest server = ServerUnderTest.start(launch)) {
            boolean isSettled = new Traffic(server.api(), shop, ledger, "/v1/batch", 1).settle(SETTLE);
            long stored = new StoredMessages(server.api(), shop).await(ledger.sentMessages(), LOADING);
            return Conservation.figures(ledger, isSettled, stored);
        }
    }
}
