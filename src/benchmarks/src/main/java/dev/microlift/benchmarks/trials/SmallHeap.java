package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Whether a server with little memory lives through good and hostile requests, for as long as one likes. */
final class SmallHeap implements Program {

    private static final String MINUTES = "--minutes";
    private static final String HEAP = "--heap-mb";
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(5);
    private static final int FRESH_MESSAGES_PER_SECOND = 500;

    @Override
    public String name() {
        return "faults small-heap";
    }

    @Override
    public String purpose() {
        return """
                runs the server with a heap of 256 MB under mixed traffic: 500 new events a second, batches that are
                repeated as fast as answers come, reports, and hostile requests (broken and deep JSON, compressed bombs,
                bodies that never end, batches too large, odd ids, half a request and then silence). The heap after a
                full collection must stay flat, no memory error may occur, and nothing but 503 may be answered with 5xx.
                It is short by default; 30 minutes are meant before a release.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR,
                new Option(MINUTES, "2", "how long"),
                new Option(HEAP, "256", "the largest heap"),
                Option.DIRECTORY,
                Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Launch launch = Launch.of(arguments.path(Option.JAR), workspace.folder("data"))
                    .withHeap(arguments.number(HEAP));
            progress.say("starting the server");
            try (ServerUnderTest server = ServerUnderTest.start(launch)) {
                return run(server, arguments, progress);
            }
        }
    }

    private static Figures run(ServerUnderTest server, Arguments arguments, Progress progress)
            throws IOException, InterruptedException {
        Duration time = Duration.ofMinutes(arguments.number(MINUTES));
        Shop shop = Shop.of(arguments.seed(), "small-heap");
        shop.open(server.api());
        Ledger ledger = new Ledger();
        Traffic good = new Traffic(server.api(), shop, ledger, "/v1/batch", 4);
        Hostility hostility = new Hostility(server.api(), shop, arguments.seed());
        Repetition repetition = new Repetition(server.api(), Shop.of(arguments.seed(), "repeated"));
        Background<Tally> sending = Background.start(() -> good.offering(FRESH_MESSAGES_PER_SECOND, time));
        Background<Hostility> attacking = Background.start(() -> hostility.during(time));
        Background<Tally> repeating = Background.start(() -> repetition.during(time));

        List<Double> heap = heapDuring(time, server, shop, progress);
        Tally sent = Tally.joined(List.of(sending.await(), repeating.await()));
        Hostility attacked = attacking.await();
        boolean isSettled = good.settle(Duration.ofMinutes(1));
        long stored = new StoredMessages(server.api(), shop).await(ledger.sentMessages(), Duration.ofSeconds(60));

        Figures figures = flat(heap)
                .tell("hostile requests", attacked.requests())
                .requireNone("5xx other than 503 to hostile requests", attacked.faults())
                .requireNone("hostile requests without an answer in time", attacked.hangs())
                .requireNone("5xx other than 503 and 4xx to good requests", sent.otherFailures())
                .requireNone("good requests whose connection broke", sent.brokenConnections())
                .tell("good requests refused for now (429, 503)", sent.busy())
                .tell("acknowledgement of good requests, p99", sent.latencies().percentile(99), "ms")
                .requireNone("memory errors", memoryErrors(server))
                .require(
                        "the server lives and is ready",
                        server.isAlive() && server.api().isReady());
        attacked.worst().ifPresent(figures::remark);
        sent.firstBreak().ifPresent(how -> figures.remark("a connection with good requests broke: " + how));
        Conservation.figures(ledger, isSettled, stored).all().forEach(figures::add);
        return figures;
    }

    private static List<Double> heapDuring(Duration time, ServerUnderTest server, Shop shop, Progress progress)
            throws IOException, InterruptedException {
        List<Double> samples = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end && server.isAlive()) {
            Thread.sleep(SAMPLE_EVERY.toMillis());
            server.api().get(shop.reportPath());
            Optional<Double> megabytes = heapAfterCollection(server.pid());
            megabytes.ifPresent(samples::add);
            progress.say("heap after a full collection: "
                    + megabytes.map(used -> Math.round(used) + " MB").orElse("unknown"));
        }
        return samples;
    }

    private static Optional<Double> heapAfterCollection(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        if (!Tool.exists(jcmd, "-h")
                || !Tool.run(jcmd, Long.toString(pid), "GC.run").isSuccess()) {
            return Optional.empty();
        }
        Matcher used = Pattern.compile("total \\d+K, used (\\d+)K")
                .matcher(Tool.run(jcmd, Long.toString(pid), "GC.heap_info").output());
        double kilobytes = 0;
        while (used.find()) {
            kilobytes += Double.parseDouble(used.group(1));
        }
        return kilobytes == 0 ? Optional.empty() : Optional.of(kilobytes / 1024);
    }

    /**
     * The last third against the second: the first one warms up. The least of each, because what comes in between a
     * collection and the look at the heap is in use and no leak.
     */
    private static Figures flat(List<Double> samples) {
        double second = leastOfThird(samples, 1);
        double last = leastOfThird(samples, 2);
        return new Figures()
                .tell("least heap after a full collection, first third", leastOfThird(samples, 0), "MB")
                .tell("least heap after a full collection, second third", second, "MB")
                .tell("least heap after a full collection, last third", last, "MB")
                .require(
                        "growth from the second to the last third",
                        last - second,
                        "MB",
                        Bound.atMost(Math.max(8, 0.1 * second)));
    }

    private static double leastOfThird(List<Double> samples, int third) {
        return IntStream.range(0, samples.size())
                .filter(i -> 3 * i / samples.size() == third)
                .mapToDouble(samples::get)
                .min()
                .orElse(Double.NaN);
    }

    private static long memoryErrors(ServerUnderTest server) throws IOException {
        return server.output()
                .lines()
                .filter(line -> line.contains("OutOfMemoryError"))
                .count();
    }

    /** The same few batches again and again: work for the server that leaves nothing behind. */
    private record Repetition(Api api, Shop shop) {

        private static final int BATCHES = 50;

        Tally during(Duration time) {
            Tally tally = new Tally();
            ShopBatch batch = new ShopBatch(shop, api, "/v1/batch");
            long end = System.nanoTime() + time.toNanos();
            long number = 0;
            while (System.nanoTime() < end) {
                try (Connection connection = new Connection(api.address())) {
                    while (System.nanoTime() < end) {
                        long start = System.nanoTime();
                        tally.answered(connection.send(batch.numbered(number++ % BATCHES)), System.nanoTime() - start);
                    }
                } catch (IOException gone) {
                    tally.broken(gone);
                }
            }
            return Tally.joined(List.of(tally));
        }
    }
}
