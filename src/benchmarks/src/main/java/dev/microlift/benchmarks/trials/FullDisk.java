package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a server does whose disk is full, and when there is room again. */
final class FullDisk implements Program {

    private static final String SIZE = "--disk-mb";
    private static final Duration LONGEST_UNTIL_FULL = Duration.ofSeconds(60);
    private static final Duration RESUME_WITHIN = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofMinutes(5);
    private static final Duration LOADING = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "faults full-disk";
    }

    @Override
    public String purpose() {
        return """
                puts the data directory on a small file system in memory and fills it while messages come in. They must be
                refused with 503, Retry-After and the problem storage-full; reports and evaluation must go on; when
                there is room again, acknowledging must resume by itself, and nothing acknowledged may be missing. Needs
                the right to mount (root); skipped without.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR,
                new Option(SIZE, "600", "size of the file system; the embedded database must fit"),
                Option.connections(4),
                Option.DIRECTORY,
                Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Optional<SmallDisk> mounted = SmallDisk.mount(workspace.folder("disk"), arguments.number(SIZE));
            if (mounted.isEmpty()) {
                return Figures.skipped("this account may not mount a file system");
            }
            try (SmallDisk disk = mounted.get()) {
                Launch launch =
                        Launch.of(arguments.path(Option.JAR), disk.root().resolve("data"));
                progress.say("starting the server");
                try (ServerUnderTest server = ServerUnderTest.start(launch)) {
                    return fillAndFree(server, disk, arguments, progress);
                }
            }
        }
    }

    private static Figures fillAndFree(ServerUnderTest server, SmallDisk disk, Arguments arguments, Progress progress)
            throws IOException, InterruptedException {
        Ledger ledger = new Ledger();
        Shop shop = Shop.of(arguments.seed(), "full-disk");
        Traffic traffic = new Traffic(server.api(), shop, ledger, "/v1/batch", arguments.number("--connections"));
        shop.open(server.api());
        Tally before = traffic.during(Duration.ofSeconds(2));
        Figures figures = new Figures().requireSome("acknowledged with room", before.accepted());

        progress.say("filling the disk");
        disk.fill();
        Optional<Answer> refusal = untilRefused(server.api(), shop, ledger, progress, disk);
        figures.require("refused with 503", refusal.map(Answer::status).orElse(0) == 503)
                .require(
                        "the refusal has Retry-After",
                        refusal.map(Answer::saysWhen).orElse(false))
                .require(
                        "the problem is storage-full",
                        refusal.map(Answer::body).orElse("").contains("urn:microlift:problem:storage-full"))
                .require("evaluation goes on", evaluate(server.api(), shop).statusCode() == 200)
                .require("reports go on", server.api().get(shop.reportPath()).statusCode() == 200);

        progress.say("making room");
        disk.free();
        long start = System.nanoTime();
        boolean resumed = resumes(server.api(), shop, ledger);
        figures.require("acknowledging resumes by itself", resumed)
                .tell("after", (System.nanoTime() - start) / 1e9, "s");
        boolean isSettled = traffic.settle(SETTLE);
        long stored = new StoredMessages(server.api(), shop).await(ledger.sentMessages(), LOADING);
        Conservation.figures(ledger, isSettled, stored).all().forEach(figures::add);
        return figures;
    }

    /** Space that is set aside is used up first, so the first batch on a full disk may still be acknowledged. */
    private static Optional<Answer> untilRefused(Api api, Shop shop, Ledger ledger, Progress progress, SmallDisk disk)
            throws IOException {
        long end = System.nanoTime() + LONGEST_UNTIL_FULL.toNanos();
        long batches = 0;
        while (System.nanoTime() < end) {
            disk.fill();
            Answer answer = sendOne(api, shop, ledger);
            if (!answer.isAcknowledged()) {
                progress.say("refused after " + batches + " more batches");
                return Optional.of(answer);
            }
            batches++;
        }
        return Optional.empty();
    }

    private static Answer sendOne(Api api, Shop shop, Ledger ledger) throws IOException {
        long number = ledger.openOrFresh();
        boolean isAcknowledged = false;
        try (Connection connection = new Connection(api.address())) {
            Answer answer = connection.send(new ShopBatch(shop, api, "/v1/batch").numbered(number));
            isAcknowledged = answer.isAcknowledged();
            return answer;
        } finally {
            ledger.settled(number, isAcknowledged);
        }
    }

    private static boolean resumes(Api api, Shop shop, Ledger ledger) throws IOException, InterruptedException {
        long end = System.nanoTime() + RESUME_WITHIN.toNanos();
        while (System.nanoTime() < end) {
            if (sendOne(api, shop, ledger).isAcknowledged()) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    private static HttpResponse<String> evaluate(Api api, Shop shop) throws IOException, InterruptedException {
        return api.post("/ofrep/v1/evaluate/flags/" + shop.tag(), "{\"context\":{\"targetingKey\":\"u1\"}}");
    }
}
