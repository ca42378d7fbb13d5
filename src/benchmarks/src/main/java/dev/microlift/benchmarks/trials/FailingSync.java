package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a server does whose disk fails to sync the log. */
final class FailingSync implements Program {

    private static final Duration HEALTHY = Duration.ofSeconds(3);
    private static final Duration UNREADY_WITHIN = Duration.ofSeconds(10);
    private static final Duration SETTLE = Duration.ofMinutes(5);
    private static final Duration LOADING = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "faults fsync";
    }

    @Override
    public String purpose() {
        return """
                makes every sync of the log's files fail while the server takes messages. From the first failure on not
                one acknowledgement may be given, and the server must say that it is not ready. After a restart on the
                healthy disk nothing that was acknowledged is missing. Needs gcc; skipped without.""";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.JAR, Option.connections(8), Option.seconds(5), Option.DIRECTORY, Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Optional<Path> library = Preload.build("failing-sync", workspace.root());
            if (library.isEmpty()) {
                return Figures.skipped(Preload.MISSING);
            }
            Path flag = workspace.root().resolve("the-disk-fails");
            Launch healthy = Launch.of(arguments.path(Option.JAR), workspace.folder("data"));
            Launch fragile = healthy.with("LD_PRELOAD", library.get().toString())
                    .with("MICROLIFT_FAULT_FLAG", flag.toString())
                    .with("MICROLIFT_FAULT_FOLDER", healthy.logFolder().toString());
            Ledger ledger = new Ledger();
            Shop shop = Shop.of(arguments.seed(), "fsync");
            Figures figures = new Figures();
            progress.say("starting the server");
            try (ServerUnderTest server = ServerUnderTest.start(fragile)) {
                if (!Files.isDirectory(healthy.logFolder())) {
                    return Figures.skipped(
                            "this server has no folder " + healthy.logFolder().getFileName());
                }
                Traffic traffic =
                        new Traffic(server.api(), shop, ledger, "/v1/batch", arguments.number("--connections"));
                whileFailing(server, traffic, flag, arguments.seconds(), figures, progress);
            }
            Files.delete(flag);
            progress.say("starting on the healthy disk");
            try (ServerUnderTest server = ServerUnderTest.start(healthy)) {
                boolean isSettled = new Traffic(server.api(), shop, ledger, "/v1/batch", 1).settle(SETTLE);
                long stored = new StoredMessages(server.api(), shop).await(ledger.sentMessages(), LOADING);
                Conservation.figures(ledger, isSettled, stored).all().forEach(figures::add);
            }
            return figures;
        }
    }

    private static void whileFailing(
            ServerUnderTest server, Traffic traffic, Path flag, Duration time, Figures figures, Progress progress)
            throws IOException, InterruptedException {
        Tally before = traffic.during(HEALTHY);
        figures.requireSome("acknowledged while healthy", before.accepted());
        progress.say("the disk begins to fail");
        Files.createFile(flag);
        Tally failing = traffic.during(time);
        figures.requireNone("acknowledged while failing", failing.accepted() + failing.duplicates())
                .tell("refused with 503 or 429", failing.busy())
                .requireNone("refused without Retry-After", failing.busyWithoutWhen())
                .requireNone("other failures", failing.otherFailures())
                .require("not ready any more", isUnready(server));
    }

    private static boolean isUnready(ServerUnderTest server) throws InterruptedException {
        long end = System.nanoTime() + UNREADY_WITHIN.toNanos();
        while (System.nanoTime() < end) {
            if (!server.api().isReady()) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }
}
