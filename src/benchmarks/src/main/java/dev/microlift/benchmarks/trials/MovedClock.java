package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether a server's wrong clock loses messages or lets repeated ones in. */
final class MovedClock implements Program {

    private static final String BATCHES = "--batches";
    private static final Duration LOADING = Duration.ofSeconds(60);

    /** Forward, back behind the truth, and right again; all within the days for which ids are remembered. */
    private static final List<Duration> SHIFTS =
            List.of(Duration.ZERO, Duration.ofDays(3), Duration.ofDays(-2), Duration.ofHours(1), Duration.ZERO);

    @Override
    public String name() {
        return "faults clock";
    }

    @Override
    public String purpose() {
        return """
                restarts the server with its wall clock moved 3 days forward, 2 days back, an hour forward and right
                again. Each time it sends new batches and all that were sent before: the new ones must be stored, the
                repeated ones recognised, and nothing may be lost. Needs gcc; skipped without.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR, new Option(BATCHES, "20", "new batches after each start"), Option.DIRECTORY, Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        int batches = arguments.number(BATCHES);
        Shop shop = Shop.of(arguments.seed(), "clock");
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Optional<Path> library = Preload.build("moved-clock", workspace.root());
            if (library.isEmpty()) {
                return Figures.skipped(Preload.MISSING);
            }
            Launch launch = Launch.of(arguments.path(Option.JAR), workspace.folder("data"))
                    .with("LD_PRELOAD", library.get().toString());
            Figures figures = new Figures();
            for (int start = 0; start < SHIFTS.size(); start++) {
                Duration shift = SHIFTS.get(start);
                progress.say("starting with the clock moved by " + shift.toHours() + " hours");
                String seconds = Long.toString(shift.toSeconds());
                try (ServerUnderTest server = ServerUnderTest.start(launch.with("MICROLIFT_CLOCK_SECONDS", seconds))) {
                    String when = "clock moved by " + shift.toHours() + " h: ";
                    Counts counts = send(server.api(), shop, start * batches, batches);
                    figures.requireNone(when + "new messages not accepted", counts.refused())
                            .requireNone(when + "repeated messages accepted again", counts.again());
                    long sent = (long) (start + 1) * batches * ShopBatch.MESSAGES;
                    long stored = new StoredMessages(server.api(), shop).await(sent, LOADING);
                    figures.requireNone(when + "stored less sent", Math.abs(stored - sent));
                    server.stop();
                }
            }
            return figures;
        }
    }

    /**
     * What became of messages.
     *
     * @param refused new ones that were not accepted
     * @param again repeated ones that were accepted as if they were new
     */
    private record Counts(long refused, long again) {}

    /** Sends so many new batches, then every one that was ever sent. */
    private static Counts send(Api api, Shop shop, int sentBefore, int batches) throws IOException {
        ShopBatch batch = new ShopBatch(shop, api, "/v1/batch");
        long accepted = 0;
        long again = 0;
        try (Connection connection = new Connection(api.address())) {
            for (int number = sentBefore; number < sentBefore + batches; number++) {
                accepted += connection.send(batch.numbered(number)).accepted();
            }
            for (int number = 0; number < sentBefore + batches; number++) {
                again += ShopBatch.MESSAGES
                        - connection.send(batch.numbered(number)).duplicates();
            }
        }
        return new Counts((long) batches * ShopBatch.MESSAGES - accepted, again);
    }
}
