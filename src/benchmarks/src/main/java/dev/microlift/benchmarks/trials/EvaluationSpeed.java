package dev.microlift.benchmarks.trials;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What an evaluation over HTTP costs the server, beside a route of it that does next to nothing. */
final class EvaluationSpeed implements Program {

    private static final String ROUNDS = "--rounds";
    private static final int EXPERIMENTS = 100;
    private static final int UNITS = 1_024;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private static final String TRIVIAL = "trivial";
    private static final String SINGLE = "single";
    private static final String BULK = "bulk";

    /** What is promised, in microseconds of processor time. */
    private static final Map<String, Double> PROMISES = Map.of(SINGLE, 35.0, BULK, 120.0);

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String purpose() {
        return """
                starts 100 experiments of two variants and measures, alternating in one run,
                  trivial  GET /q/health/live: what a small JSON answer of this server costs, without a key
                  single   one experiment for one unit by OpenFeature's Remote Evaluation Protocol
                  bulk     all of them for one unit
                Told are medians of the rounds: the server's processor time a request, and its ratio to the trivial route
                within a round. Sender and server share the machine. Takes about 40 + rounds * 3 * seconds seconds.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.JAR,
                Option.connections(8),
                Option.seconds(5),
                new Option(ROUNDS, "3", "how often everything is measured"),
                Option.DIRECTORY);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Launch launch = Launch.of(arguments.path(Option.JAR), workspace.folder("data"));
            progress.say("starting the server");
            try (ServerUnderTest server = ServerUnderTest.start(launch)) {
                open(server.api());
                return measured(server, arguments, progress);
            }
        }
    }

    private static void open(Api api) throws IOException, InterruptedException {
        Shop shop = new Shop("evaluate");
        api.send("/api/v1/journeys", shop.journey());
        for (int i = 0; i < EXPERIMENTS; i++) {
            api.send("/api/v1/experiments", """
                    {"key": "experiment-%d", "name": "Trial", "journeys": ["%s"],
                     "variants": [{"key": "control", "weight": 50, "value": false},
                                  {"key": "treatment", "weight": 50, "value": true}]}""".formatted(i, shop.tag()));
            api.send("/api/v1/experiments/experiment-" + i + "/start", "");
        }
    }

    private static Figures measured(ServerUnderTest server, Arguments arguments, Progress progress)
            throws InterruptedException {
        int connections = arguments.number("--connections");
        Api api = server.api();
        Map<String, RequestLoop> loops = new LinkedHashMap<>();
        loops.put(TRIVIAL, new RequestLoop(api, List.of(request(api, "GET /q/health/live", "")), connections));
        loops.put(SINGLE, new RequestLoop(api, requests(unit -> single(api, unit)), connections));
        loops.put(BULK, new RequestLoop(api, requests(unit -> bulk(api, unit)), connections));
        progress.say("warming up");
        for (RequestLoop loop : loops.values()) {
            loop.during(WARM_UP);
        }
        Medians medians = new Medians();
        ProcessorTime cpu = ProcessorTime.of(Optional.of(server.pid()));
        for (int round = 1; round <= arguments.number(ROUNDS); round++) {
            progress.say("round " + round);
            round(loops, cpu, arguments.seconds(), medians);
        }
        return told(medians);
    }

    private static void round(Map<String, RequestLoop> loops, ProcessorTime cpu, Duration time, Medians medians)
            throws InterruptedException {
        double trivial = Double.NaN;
        for (Map.Entry<String, RequestLoop> loop : loops.entrySet()) {
            double before = cpu.seconds();
            long answered = loop.getValue().during(time);
            double micros = (cpu.seconds() - before) * 1e6 / answered;
            trivial = loop.getKey().equals(TRIVIAL) ? micros : trivial;
            medians.add(loop.getKey(), micros);
            medians.add(loop.getKey() + " rate", answered / (time.toNanos() / 1e9));
            medians.add(loop.getKey() + " ratio", micros / trivial);
        }
    }

    private static Figures told(Medians medians) {
        Figures figures = new Figures().tell(TRIVIAL + ": server's processor time", medians.of(TRIVIAL), "µs/request");
        for (String kind : List.of(SINGLE, BULK)) {
            figures.require(
                            kind + ": server's processor time",
                            medians.of(kind),
                            "µs/request",
                            Bound.atMost(PROMISES.getOrDefault(kind, Double.NaN)))
                    .tell(kind + ": beside the trivial route", medians.of(kind + " ratio"), "×");
        }
        for (String kind : List.of(TRIVIAL, SINGLE, BULK)) {
            figures.tell(kind + ": requests, sender on the same machine", medians.of(kind + " rate"), "1/s");
        }
        return figures;
    }

    private static List<byte[]> requests(IntFunction<byte[]> rendered) {
        return IntStream.range(0, UNITS).mapToObj(rendered).toList();
    }

    private static byte[] single(Api api, int unit) {
        return request(api, "POST /ofrep/v1/evaluate/flags/experiment-" + unit % EXPERIMENTS, context(unit));
    }

    private static byte[] bulk(Api api, int unit) {
        return request(api, "POST /ofrep/v1/evaluate/flags", context(unit));
    }

    private static String context(int unit) {
        return "{\"context\":{\"targetingKey\":\"user-" + (1_000_000 + unit) + "\",\"country\":\"DE\",\"age\":42}}";
    }

    private static byte[] request(Api api, String line, String body) {
        return (line + " HTTP/1.1\r\nHost: " + api.address().getAuthority() + "\r\nAuthorization: Bearer " + api.key()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(US_ASCII);
    }
}
