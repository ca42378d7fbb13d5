package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Whether a damaged log is ever read as if it were whole. */
final class CorruptLog implements Program {

    private static final String PLACES = "--places";
    private static final String BATCHES = "--batches";
    private static final String LOST = "microlift_log_lost";
    private static final String CUT = "microlift_log_cut";
    private static final int FIRST_FRESH = 1_000_000;
    private static final int FRESH_BATCHES = 5;
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LOADING = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "faults corrupt";
    }

    @Override
    public String purpose() {
        return """
                stops a server, damages one file of its log at a seeded place (a flipped byte, a page of zeros, a cut
                tail), and starts again: sometimes with the store that is derived from the log, sometimes without, so
                that it has to be made anew. Either the server starts, says what it lost (messages, or the bytes of an
                unfinished tail), at most the damaged frame, has all the rest and keeps what is sent from then on; or it
                refuses with a message. A server that has fewer messages than were acknowledged and does not say so, or
                more, fails.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR,
                new Option(PLACES, "12", "how often the log is damaged, each time from the same state"),
                new Option(BATCHES, "300", "batches that are acknowledged before, each in a frame of its own"),
                Option.DIRECTORY,
                Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        Shop shop = Shop.of(arguments.seed(), "corrupt");
        Random random = new Random(arguments.seed());
        int places = arguments.number(PLACES);
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Launch launch = Launch.of(arguments.path(Option.JAR), workspace.folder("whole"));
            long acknowledged = fill(launch, shop, arguments.number(BATCHES), progress);
            if (segments(launch).isEmpty()) {
                return Figures.skipped(
                        "this server has no files in " + launch.logFolder().getFileName());
            }
            Verdicts verdicts = new Verdicts();
            for (int place = 0; place < places; place++) {
                Launch copy = launch.withData(workspace.copy(launch.data(), "damaged"));
                Damage damage = Damage.values()[place % Damage.values().length];
                String where = damage.to(segments(copy), random);
                boolean isForgotten = place / Damage.values().length % 2 == 0;
                if (isForgotten) {
                    forgetStore(copy.data());
                }
                String outcome = start(copy, shop, acknowledged, verdicts);
                progress.say("place " + (place + 1) + " of " + places + ": " + where
                        + (isForgotten ? ", no store: " : ": ") + outcome);
                Workspace.delete(copy.data());
            }
            return verdicts.figures(acknowledged);
        }
    }

    private static long fill(Launch launch, Shop shop, int batches, Progress progress)
            throws IOException, InterruptedException {
        progress.say("filling the log");
        try (ServerUnderTest server = ServerUnderTest.start(launch)) {
            long accepted = acknowledge(server.api(), shop, 0, batches);
            new StoredMessages(server.api(), shop).await(accepted, LOADING);
            server.stop();
            return accepted;
        }
    }

    /** Sends batches one after the other, so that each gets a frame of its own, and counts what was accepted. */
    private static long acknowledge(Api api, Shop shop, int first, int batches) throws IOException {
        long accepted = 0;
        ShopBatch batch = new ShopBatch(shop, api, "/v1/batch");
        try (Connection connection = new Connection(api.address())) {
            for (int number = first; number < first + batches; number++) {
                accepted += connection.send(batch.numbered(number)).accepted();
            }
        }
        return accepted;
    }

    private static List<Path> segments(Launch launch) throws IOException {
        if (!Files.isDirectory(launch.logFolder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(launch.logFolder())) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    /** The store is derived: without it the server has to read the whole log again. */
    private static void forgetStore(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                if (each.getFileName().toString().contains(".duckdb")) {
                    Files.delete(each);
                }
            }
        }
    }

    private static String start(Launch launch, Shop shop, long acknowledged, Verdicts verdicts)
            throws IOException, InterruptedException {
        ServerUnderTest server = ServerUnderTest.begin(launch);
        try {
            if (!server.isReadyWithin(START)) {
                return verdicts.refused(server);
            }
            StoredMessages messages = new StoredMessages(server.api(), shop);
            long stored = messages.await(acknowledged, LOADING);
            Metrics metrics = Metrics.of(server.api().read("/q/metrics"));
            long fresh = acknowledge(server.api(), shop, FIRST_FRESH, FRESH_BATCHES);
            long freshStored = messages.await(stored + fresh, LOADING) - stored;
            return verdicts.started(acknowledged - stored, sum(metrics, LOST), sum(metrics, CUT), fresh - freshStored);
        } finally {
            server.close();
        }
    }

    private static long sum(Metrics metrics, String prefix) {
        return Math.round(metrics.startingWith(prefix).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum());
    }

    /** How a file is damaged. */
    private enum Damage {
        FLIPPED_BYTE,
        PAGE_OF_ZEROS,
        CUT_TAIL;

        private static final int PAGE = 4096;
        private static final int LONGEST_CUT = 500;

        /** Damages one of the files that hold something and says where. */
        String to(List<Path> files, Random random) throws IOException {
            List<Path> used = files.stream().filter(file -> used(file) > 0).toList();
            Path file = this == CUT_TAIL ? used.get(used.size() - 1) : used.get(random.nextInt(used.size()));
            byte[] bytes = Files.readAllBytes(file);
            int end = used(file);
            int at = switch (this) {
                case FLIPPED_BYTE -> random.nextInt(end);
                case PAGE_OF_ZEROS -> random.nextInt(Math.max(1, end / PAGE)) * PAGE;
                case CUT_TAIL -> Math.max(0, end - 1 - random.nextInt(LONGEST_CUT));
            };
            Files.write(file, damaged(bytes, at, random));
            return name().toLowerCase(Locale.ROOT) + " at " + at + " of " + end;
        }

        private byte[] damaged(byte[] bytes, int at, Random random) {
            switch (this) {
                case FLIPPED_BYTE -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case PAGE_OF_ZEROS -> Arrays.fill(bytes, at, Math.min(bytes.length, at + PAGE), (byte) 0);
                case CUT_TAIL -> {
                    return Arrays.copyOf(bytes, at);
                }
            }
            return bytes;
        }

        /** Up to the last byte that is not zero: what is set aside behind it holds nothing to damage. */
        private static int used(Path file) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                int end = bytes.length;
                while (end > 0 && bytes[end - 1] == 0) {
                    end--;
                }
                return end;
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }
    }

    /** What became of each damage. */
    private static final class Verdicts {

        private long starts;
        private long refusals;
        private long silentRefusals;
        private long wrongNumbers;
        private long mostLost;
        private long lostAfterwards;

        /**
         * A start in spite of the damage.
         *
         * @param counted messages that the server says are lost
         * @param cutBytes of the tail that the server says were cut off, of which it cannot know what they held
         * @param freshMissing of those that were acknowledged after the start
         */
        String started(long missing, long counted, long cutBytes, long freshMissing) {
            starts++;
            mostLost = Math.max(mostLost, missing);
            boolean isTold = missing == 0 || missing == counted || (missing > counted && cutBytes > 0);
            wrongNumbers += isTold && missing >= 0 ? 0 : 1;
            lostAfterwards += Math.abs(freshMissing);
            return missing + " messages missing, " + counted + " counted as lost, " + cutBytes + " bytes cut, "
                    + freshMissing + " missing of those that came later";
        }

        /** A refusal must say what is missing, not only that it does not start. */
        String refused(ServerUnderTest server) throws IOException {
            refusals++;
            String said = server.output();
            Optional<String> reason = said.lines()
                    .filter(line -> line.contains(" are missing") || line.contains(" messages are lost"))
                    .findFirst();
            boolean isExplained = server.refusal().orElse(0) != 0 && reason.isPresent();
            silentRefusals += isExplained ? 0 : 1;
            return "refused: " + reason.orElseGet(() -> said.substring(Math.max(0, said.length() - 3000)));
        }

        Figures figures(long acknowledged) {
            return new Figures()
                    .requireSome("messages acknowledged", acknowledged)
                    .tell("started with what was left", starts)
                    .tell("refused to start", refusals)
                    .requireNone("refused without a reason", silentRefusals)
                    .requireNone("started with a wrong number", wrongNumbers)
                    .requireNone("missing of those acknowledged after the start", lostAfterwards)
                    .require(
                            "most messages lost to one place", (double) mostLost, "", Bound.atMost(ShopBatch.MESSAGES));
        }
    }
}
