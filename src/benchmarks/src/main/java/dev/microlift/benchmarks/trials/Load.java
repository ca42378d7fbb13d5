package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many events a second the server makes durable, at what price, and what a report that is read meanwhile costs. */
final class Load implements Program {

    private static final String URL = "--url";
    private static final String KEY = "--key";
    private static final String PID = "--pid";
    private static final String ROUNDS = "--rounds";
    private static final String HEAP = "--heap-mb";

    private static final String DURABLE_PATH = "/v1/batch";
    private static final String DISCARD_PATH = "/v1/batch?dryRun=true";

    /**
     * Of each kind: what is stored runs through far more code, which the compiler must not be working on still. On two cores
     * that are busy it took a third of one until the end of the first minute.
     */
    private static final Duration WARM_UP = Duration.ofSeconds(45);

    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(2);
    /** Messages of a transaction of the loader: so many are always on their way. */
    private static final double TRANSACTION = 122_880;

    private static final String LAG = "microlift_loader_lag_messages";

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String purpose() {
        return """
                sends batches of 100 events of a shop and measures, alternating in one run,
                  discard  parsed and checked but not stored (dryRun=true): what the route itself costs
                  durable  stored: the rate, the time until the acknowledgement, processor time a million events
                  paced    stored, at half of the rate just measured: the acknowledgement of a server that is not full
                  report   stored, while the experiment's report is read in a loop
                  sync     4 KB written and synced in a loop in the same directory: what the disk itself takes
                Every figure is the median of the rounds; ratios are taken within a round, and every other round begins
                with what is stored. Sender and server share the machine. Takes about 95 + rounds * (4 * seconds + 4)
                seconds.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR,
                new Option(URL, "", "address of a running server, in place of one that is started"),
                new Option(KEY, "", "its key of the role admin"),
                new Option(PID, "", "its process, for processor time"),
                Option.connections(16),
                Option.seconds(10),
                new Option(ROUNDS, "3", "how often everything is measured"),
                new Option(HEAP, "512", "largest heap of a server that is started"),
                Option.DIRECTORY,
                Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Optional<String> url = arguments.text(URL);
            if (url.isPresent()) {
                Api api = new Api(URI.create(url.get()), arguments.text(KEY).orElse(""));
                ProcessorTime cpu = ProcessorTime.of(arguments.text(PID).map(Long::parseLong));
                return new Run(api, cpu, workspace.root(), arguments, progress).figures();
            }
            Launch launch = Launch.of(arguments.path(Option.JAR), workspace.folder("data"))
                    .withHeap(arguments.number(HEAP));
            progress.say("starting the server");
            try (ServerUnderTest server = ServerUnderTest.start(launch)) {
                ProcessorTime cpu = ProcessorTime.of(Optional.of(server.pid()));
                return new Run(server.api(), cpu, launch.data(), arguments, progress).figures();
            }
        }
    }

    /** One run: the shop it sends for, and what is measured of it. */
    private static final class Run {

        private final Api api;
        private final ProcessorTime cpu;
        private final Path folder;
        private final Progress progress;
        private final Shop shop;
        private final Duration time;
        private final int rounds;
        private final Traffic durable;
        private final Traffic discard;
        private final Medians medians = new Medians();
        private long failures;
        private long refusals;

        Run(Api api, ProcessorTime cpu, Path folder, Arguments arguments, Progress progress) {
            this.api = api;
            this.cpu = cpu;
            this.folder = folder;
            this.progress = progress;
            this.shop = Shop.of(arguments.seed(), "load");
            this.time = arguments.seconds();
            this.rounds = arguments.number(ROUNDS);
            int connections = arguments.number("--connections");
            this.durable = new Traffic(api, shop, new Ledger(), DURABLE_PATH, connections);
            // Other message ids than those that are stored: what is discarded must not look like a duplicate.
            this.discard =
                    new Traffic(api, Shop.of(arguments.seed(), "discard"), new Ledger(), DISCARD_PATH, connections);
        }

        Figures figures() throws IOException, InterruptedException {
            shop.open(api);
            boolean discards = discards();
            progress.say("warming up" + (discards ? "" : "; this server cannot discard"));
            durable.during(WARM_UP);
            if (discards) {
                discard.during(WARM_UP);
            }
            catchUp();
            for (int round = 1; round <= rounds; round++) {
                progress.say("round " + round + " of " + rounds);
                round(discards, round % 2 == 0);
            }
            return told(discards);
        }

        /** Whether the server knows of discarding; one that does not would store, and then see a duplicate. */
        private boolean discards() throws IOException, InterruptedException {
            String message = "{\"batch\":[{\"type\":\"track\",\"event\":\"Probed\",\"userId\":\"u\",\"messageId\":\""
                    + shop.tag() + "-probe\"}]}";
            api.send(DISCARD_PATH, message);
            String answer = api.post(DURABLE_PATH, message).body();
            return JsonText.number(answer, "duplicates").orElse(0) == 0;
        }

        private void round(boolean discards, boolean storesFirst) throws IOException, InterruptedException {
            Latencies sync = SyncProbe.run(folder, PROBE);
            Optional<Tally> before =
                    discards && !storesFirst ? Optional.of(measure("discard", discard)) : Optional.empty();
            Tally stored = measure("durable", durable);
            lagBehind(stored);
            Optional<Tally> after =
                    discards && storesFirst ? Optional.of(measure("discard", discard)) : Optional.empty();
            before.or(() -> after)
                    .ifPresent(discarded ->
                            medians.add("durable / discard", (double) stored.accepted() / discarded.accepted()));
            Tally paced = durable.offering(stored.acceptedPerSecond(time) / 2, time);
            count(paced);
            catchUp();
            double reports = withReports();
            catchUp();
            Latencies syncAfter = SyncProbe.run(folder, PROBE);
            double syncP99 = Math.max(sync.percentile(99), syncAfter.percentile(99));
            medians.add("sync p50", syncAfter.percentile(50));
            medians.add("sync p99", syncP99);
            medians.add("paced p50", paced.latencies().percentile(50));
            medians.add("paced p99", paced.latencies().percentile(99));
            medians.add("paced p99 / sync p99", paced.latencies().percentile(99) / syncP99);
            medians.add("durable p99 / sync p99", stored.latencies().percentile(99) / syncP99);
            medians.add("report / durable", reports / stored.acceptedPerSecond(time));
        }

        private Tally measure(String mode, Traffic traffic) throws InterruptedException {
            double cpuBefore = cpu.seconds();
            double senderBefore = ProcessorTime.own().seconds();
            Tally tally = traffic.during(time);
            double million = tally.accepted() / 1e6;
            medians.add(mode + " rate", tally.acceptedPerSecond(time));
            medians.add(mode + " cpu", (cpu.seconds() - cpuBefore) / million);
            medians.add(mode + " sender cpu", (ProcessorTime.own().seconds() - senderBefore) / million);
            for (int percent : List.of(50, 95, 99)) {
                medians.add(mode + " p" + percent, tally.latencies().percentile(percent));
            }
            count(tally);
            return tally;
        }

        /** How much of what is acknowledged the store has when sending ends, and how long it takes to have the rest. */
        private void lagBehind(Tally stored) throws IOException, InterruptedException {
            double lag = lag();
            if (Double.isNaN(lag)) {
                return;
            }
            long start = System.nanoTime();
            medians.add("lag", lag);
            medians.add("loaded", 1 - Math.max(0, lag - TRANSACTION) / stored.accepted());
            catchUp();
            medians.add("catch-up", (System.nanoTime() - start) / 1e9);
        }

        private double withReports() throws InterruptedException {
            AtomicBoolean isOver = new AtomicBoolean();
            Background<Long> reader = Background.start(() -> {
                long reports = 0;
                while (!isOver.get()) {
                    api.read(shop.reportPath());
                    reports++;
                }
                return reports;
            });
            Tally tally = durable.during(time);
            isOver.set(true);
            medians.add("reports", reader.await() / (time.toNanos() / 1e9));
            medians.add("report rate", tally.acceptedPerSecond(time));
            medians.add("report p99", tally.latencies().percentile(99));
            count(tally);
            return tally.acceptedPerSecond(time);
        }

        private void count(Tally tally) {
            failures += tally.otherFailures() + tally.brokenConnections();
            refusals += tally.busy();
        }

        /** Waits until the store has what the log has, so that the next measurement does not pay for the last one. */
        private void catchUp() throws IOException, InterruptedException {
            long end = System.nanoTime() + LONGEST_CATCH_UP.toNanos();
            while (lag() > 0 && System.nanoTime() < end) {
                Thread.sleep(50);
            }
        }

        /** Messages that the store is behind the log; not a number if the server does not tell. */
        private double lag() throws IOException, InterruptedException {
            return Metrics.of(api.read("/q/metrics")).value(LAG).orElse(Double.NaN);
        }

        private Figures told(boolean discards) {
            Figures figures = new Figures();
            for (String mode : discards ? List.of("discard", "durable") : List.of("durable")) {
                rateOf(figures, mode);
            }
            if (discards) {
                figures.require("durable / discard, rate", medians.of("durable / discard"), "", Bound.atLeast(0.5));
            } else {
                figures.remark("discard was left out: the server stores what it is asked to discard");
            }
            figures.tell("report: events acknowledged", medians.of("report rate"), "1/s")
                    .tell("report: reports read", medians.of("reports"), "1/s")
                    .tell("report: acknowledgement p99", medians.of("report p99"), "ms")
                    .require("with / without reports, rate", medians.of("report / durable"), "", Bound.atLeast(0.5))
                    .tell("sync alone: p50", medians.of("sync p50"), "ms")
                    .tell("sync alone: p99", medians.of("sync p99"), "ms")
                    .tell("paced: acknowledgement p50", medians.of("paced p50"), "ms")
                    .tell("paced: acknowledgement p99", medians.of("paced p99"), "ms")
                    .require("paced p99 / sync p99", medians.of("paced p99 / sync p99"), "", Bound.atMost(3))
                    .tell("durable p99 / sync p99", medians.of("durable p99 / sync p99"), "");
            if (medians.has("lag")) {
                figures.require(
                                "loader: loaded or in its transaction / accepted while sending",
                                medians.of("loaded"),
                                "",
                                Bound.atLeast(0.95))
                        .tell("loader: behind when sending ended", medians.of("lag"), "messages")
                        .tell("loader: time until caught up", medians.of("catch-up"), "s");
            }
            return figures.tell("requests refused for now (429, 503)", refusals)
                    .requireNone("failed requests", failures);
        }

        private void rateOf(Figures figures, String mode) {
            String rate = mode + ": events acknowledged";
            if (mode.equals("durable")) {
                figures.require(rate, medians.of("durable rate"), "1/s", Bound.atLeast(100_000));
            } else {
                figures.tell(rate, medians.of(mode + " rate"), "1/s");
            }
            for (int percent : List.of(50, 95, 99)) {
                figures.tell(mode + ": acknowledgement p" + percent, medians.of(mode + " p" + percent), "ms");
            }
            figures.tell(mode + ": server's processor time", medians.of(mode + " cpu"), "s/million")
                    .tell(mode + ": sender's processor time", medians.of(mode + " sender cpu"), "s/million");
        }
    }
}
