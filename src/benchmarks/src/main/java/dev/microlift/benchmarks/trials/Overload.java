package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Whether a server that is offered twice of what it can take keeps what it took, and says so to the rest. */
final class Overload implements Program {

    private static final String WANTING = "--wanting-connections";
    private static final String QUEUE = "--queue-messages";
    private static final String PATH = "/v1/batch";
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration NORMAL_AFTER = Duration.ofSeconds(10);
    private static final Duration NORMAL = Duration.ofSeconds(3);
    private static final Duration SETTLE = Duration.ofMinutes(5);
    private static final Duration LOADING = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String purpose() {
        return """
                measures what the server takes, then wants twice as much over many more connections: once as it is set by
                default, where it may slow its senders down in place of refusing them, and once with room for few
                waiting messages, so that it has to refuse. What is refused must be refused with 429 or 503 and
                Retry-After; what is acknowledged must be in the store, each message once, after all of the rest was
                sent again; 10 s later a normal load must be answered as before.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR,
                Option.connections(16),
                new Option(WANTING, "600", "connections that want too much"),
                new Option(QUEUE, "4000", "messages that may wait in the second part"),
                Option.seconds(10),
                Option.DIRECTORY,
                Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        String queue = Integer.toString(arguments.number(QUEUE));
        Figures figures = new Figures();
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Launch usual = Launch.of(arguments.path(Option.JAR), workspace.folder("usual"));
            Launch tight = usual.withData(workspace.folder("tight")).with("MICROLIFT_EVENT_LOG_QUEUE_MESSAGES", queue);
            progress.say("starting the server with its usual settings");
            try (ServerUnderTest server = ServerUnderTest.start(usual)) {
                run(server, arguments, progress).all().forEach(figures::add);
            }
            progress.say("starting the server with a short queue");
            try (ServerUnderTest server = ServerUnderTest.start(tight)) {
                run(server, arguments, progress).all().stream()
                        .map(figure -> figure.of("short queue: "))
                        .forEach(figures::add);
            }
        }
        return figures;
    }

    private static Figures run(ServerUnderTest server, Arguments arguments, Progress progress)
            throws IOException, InterruptedException {
        Duration time = arguments.seconds();
        Ledger ledger = new Ledger();
        Shop shop = Shop.of(arguments.seed(), "overload");
        Traffic usual = new Traffic(server.api(), shop, ledger, PATH, arguments.number("--connections"));
        Traffic flood = new Traffic(server.api(), shop, ledger, PATH, arguments.number(WANTING));

        progress.say("measuring the capacity");
        usual.during(WARM_UP);
        Tally before = usual.during(time);
        double capacity = before.acceptedPerSecond(time);

        progress.say("wanting twice as much");
        Tally over = flood.offering(2 * capacity, time);
        Thread.sleep(NORMAL_AFTER.minus(NORMAL).toMillis());
        Tally after = usual.offering(capacity / 2, NORMAL);

        progress.say("sending again what was refused: " + ledger.openBatches() + " batches");
        boolean isSettled = usual.settle(SETTLE);
        long stored = new StoredMessages(server.api(), shop).await(ledger.sentMessages(), LOADING);

        Figures figures = new Figures()
                .tell("capacity", capacity, "1/s")
                .tell("wanted", 2 * capacity, "1/s")
                .tell("answered", over.batches() * ShopBatch.MESSAGES / (time.toNanos() / 1e9), "1/s")
                .tell("accepted", over.acceptedPerSecond(time), "1/s")
                .require("accepted / capacity", over.acceptedPerSecond(time) / capacity, "", Bound.atLeast(0.8))
                .tell(
                        "acknowledgement p99, from when it was wanted",
                        over.latencies().percentile(99),
                        "ms")
                .tell("answers 429 and 503", over.busy())
                .requireNone("answers 429 and 503 without Retry-After", over.busyWithoutWhen())
                .requireNone("other failures", over.otherFailures())
                .requireNone("broken connections", over.brokenConnections());
        return figures.requireNone("answers 429 and 503 to a normal load after 10 s", after.busy())
                .require(
                        "accepted / offered of a normal load after 10 s",
                        after.acceptedPerSecond(NORMAL) / (capacity / 2),
                        "",
                        Bound.atLeast(0.8))
                .require("everything acknowledged in the end", isSettled)
                .tell("messages sent", ledger.sentMessages())
                .tell("messages stored", stored)
                .requireNone("difference", Math.abs(stored - ledger.sentMessages()));
    }
}
