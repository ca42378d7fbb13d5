package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whether the order in which requests arrive, and how often, makes a difference to a report. */
final class Permutations implements Program {

    private static final String SERVERS = "--servers";
    private static final String REQUESTS = "--requests";
    private static final Duration LOADING = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "faults permutations";
    }

    @Override
    public String purpose() {
        return """
                sends one seeded set of requests to several fresh servers with the same configuration: as it is to the
                first, shuffled and partly repeated to the others. All reports must be the same to the byte, except for
                the time at which they were made.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR,
                new Option(SERVERS, "4", "how many servers are compared"),
                new Option(REQUESTS, "200", "requests of the set"),
                Option.DIRECTORY,
                Option.SEED);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        Shop shop = Shop.of(arguments.seed(), "permutations");
        Random random = new Random(arguments.seed());
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Launch launch = Launch.of(arguments.path(Option.JAR), workspace.folder("configured"));
            progress.say("configuring the server that the others are copies of");
            try (ServerUnderTest server = ServerUnderTest.start(launch)) {
                shop.open(server.api());
                server.stop();
            }
            Requests requests = Requests.of(shop, arguments.number(REQUESTS), random);
            Instant asOf = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
            Map<String, Integer> reports = new LinkedHashMap<>();
            for (int i = 0; i < arguments.number(SERVERS); i++) {
                progress.say("server " + (i + 1) + " of " + arguments.number(SERVERS));
                Path data = workspace.copy(launch.data(), "server-" + i);
                List<String> sent = i == 0 ? requests.bodies() : requests.shuffledAndRepeated(random);
                reports.merge(report(launch.withData(data), shop, asOf, sent, requests.messages()), 1, Integer::sum);
            }
            String one = reports.keySet().iterator().next();
            return new Figures()
                    .tell("servers", arguments.number(SERVERS))
                    .tell("messages of each", requests.messages())
                    .requireSome(
                            "units in the report",
                            JsonText.number(one, "exposed").orElse(0))
                    .requireNone("reports that differ from the first", reports.size() - 1)
                    .remark("reportHash: " + JsonText.text(one, "reportHash").orElse("none"));
        }
    }

    private static String report(Launch launch, Shop shop, Instant asOf, List<String> bodies, long messages)
            throws IOException, InterruptedException {
        try (ServerUnderTest server = ServerUnderTest.start(launch)) {
            for (String body : bodies) {
                server.api().send("/v1/batch", body);
            }
            long stored = new StoredMessages(server.api(), shop).await(messages, LOADING);
            if (stored != messages) {
                throw new IllegalStateException("of " + messages + " messages " + stored + " are stored");
            }
            return server.api()
                    .read(shop.reportPath() + "?asOf=" + asOf)
                    .replaceAll("\"generatedAt\"\\s*:\\s*\"[^\"]*\"", "");
        }
    }

    /** Requests with messages of few users at many times, so that their order could matter. */
    private record Requests(List<String> bodies, long messages) {

        private static final int USERS = 40;
        private static final int PER_REQUEST = 5;
        private static final List<String> STEPS = List.of("Searched", "Viewed", "Added", "Ordered");

        static Requests of(Shop shop, int requests, Random random) {
            Instant latest = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            List<String> bodies = new ArrayList<>();
            for (int request = 0; request < requests; request++) {
                List<String> messages = new ArrayList<>();
                for (int i = 0; i < PER_REQUEST; i++) {
                    messages.add(message(shop, request + "-" + i, latest, random));
                }
                bodies.add("{\"batch\":[" + String.join(",", messages) + "]}");
            }
            return new Requests(bodies, (long) requests * PER_REQUEST);
        }

        private static String message(Shop shop, String id, Instant latest, Random random) {
            int user = random.nextInt(USERS);
            // Some see both variants: a crossover must not depend on which exposure came in first.
            String variant = (user + (random.nextInt(10) == 0 ? 1 : 0)) % 2 == 0 ? "control" : "treatment";
            String content = random.nextInt(4) == 0
                    ? "\"event\":\"Experiment Viewed\",\"properties\":{\"experiment_id\":\"" + shop.tag()
                            + "\",\"variation_id\":\"" + variant + "\"}"
                    : "\"event\":\"" + shop.event(STEPS.get(random.nextInt(STEPS.size())))
                            + "\",\"properties\":{\"revenue\":" + random.nextInt(10_000) / 100.0 + "}";
            return "{\"type\":\"track\",\"messageId\":\"" + shop.tag() + "-" + id + "\",\"userId\":\"u" + user
                    + "\",\"timestamp\":\"" + latest.minusSeconds(random.nextInt(3600)) + "\"," + content + "}";
        }

        List<String> shuffledAndRepeated(Random random) {
            List<String> all = new ArrayList<>(bodies);
            for (int i = 0; i < bodies.size() / 3; i++) {
                all.add(bodies.get(random.nextInt(bodies.size())));
            }
            Collections.shuffle(all, random);
            return all;
        }
    }
}
