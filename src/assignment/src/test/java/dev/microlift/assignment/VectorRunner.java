package dev.microlift.assignment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * Runs vectors of the form {@code {group: [[name, input…, expected]…]}} and prints pass, fail or skip for each case.
 *
 * <p>Groups: {@code hash} [seed, value, hash version, expected], {@code getBucketRange} [name, [arms, coverage, weights],
 * ranges], {@code evalCondition} [name, condition, attributes, expected, groups], {@code versionCompare} {relation:
 * [[left, right, expected]…]}. Other groups, hash version 1 and coverage 0 are skipped: this module has nothing for them.
 */
final class VectorRunner {

    /** What became of a case. */
    enum Result {
        PASS,
        FAIL,
        SKIP
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The grid: the published function does not round. */
    private static final double GRID = 1.0 / Bucketing.BUCKETS + 1e-9;

    private final PrintStream out;
    private final Map<Result, Integer> counts = new EnumMap<>(Result.class);

    VectorRunner(PrintStream out) {
        this.out = out;
    }

    /** Runs a file of vectors; the exit status is 1 if a case failed. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (InputStream vectors = Files.newInputStream(Path.of(args[0]))) {
            Map<Result, Integer> counts = new VectorRunner(out).run(vectors);
            out.println(counts);
            System.exit(counts.getOrDefault(Result.FAIL, 0) == 0 ? 0 : 1);
        }
    }

    Map<Result, Integer> run(InputStream vectors) throws IOException {
        for (Map.Entry<String, JsonNode> group : JSON.readTree(vectors).properties()) {
            switch (group.getKey()) {
                case "hash" -> group.getValue().forEach(this::hash);
                case "getBucketRange" -> group.getValue().forEach(this::bucketRange);
                case "evalCondition" -> group.getValue().forEach(this::condition);
                case "versionCompare" ->
                    group.getValue()
                            .properties()
                            .forEach(relation -> relation.getValue().forEach(test -> version(relation.getKey(), test)));
                default -> group.getValue().forEach(test -> report(Result.SKIP, group.getKey(), test));
            }
        }
        return counts;
    }

    private void hash(JsonNode test) {
        if (test.get(2).asInt() != 2) {
            report(Result.SKIP, "hash", test);
            return;
        }
        double hash = Bucketing.hash(test.get(0).asText(), test.get(1).asText());
        report(hash == test.get(3).asDouble(), "hash", test);
    }

    private void bucketRange(JsonNode test) {
        int arms = test.get(1).get(0).asInt();
        double coverage = Math.min(1, test.get(1).get(1).asDouble());
        if (coverage <= 0) {
            report(Result.SKIP, "getBucketRange", test);
            return;
        }
        LayoutOutcome outcome =
                BucketLayout.of(publishedWeights(arms, test.get(1).get(2)), coverage);
        boolean agrees = outcome instanceof LayoutOutcome.Fits fits
                && agree(fits.layout().ranges(), test.get(2));
        report(agrees, "getBucketRange", test);
    }

    /** The published function falls back to equal weights where ours refuses or normalises. */
    private static List<Double> publishedWeights(int arms, JsonNode json) {
        List<Double> weights = new ArrayList<>();
        json.forEach(weight -> weights.add(weight.asDouble()));
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        return weights.size() == arms && sum >= 0.99 && sum <= 1.01 ? weights : Collections.nCopies(arms, 1.0);
    }

    private static boolean agree(List<BucketRange> ranges, JsonNode expected) {
        double[] ours = ranges.stream()
                .flatMapToDouble(range -> DoubleStream.of(range.from(), range.to()))
                .toArray();
        double[] theirs = StreamSupport.stream(expected.spliterator(), false)
                .flatMapToDouble(range ->
                        DoubleStream.of(range.get(0).asDouble(), range.get(1).asDouble()))
                .toArray();
        boolean agree = ours.length == theirs.length;
        for (int i = 0; agree && i < ours.length; i++) {
            agree = Math.abs(ours[i] - theirs[i]) <= GRID;
        }
        return agree;
    }

    private void condition(JsonNode test) {
        CompiledCondition compiled = Conditions.compile(plain(test.get(1)), new LinearRegex(), groups(test.path(4)));
        report(compiled.condition().matches(plain(test.get(2))) == test.get(3).asBoolean(), "evalCondition", test);
    }

    private static Map<String, List<?>> groups(JsonNode json) {
        Map<String, List<?>> groups = new HashMap<>();
        for (Map.Entry<String, JsonNode> group : json.properties()) {
            if (plain(group.getValue()) instanceof List<?> values) {
                groups.put(group.getKey(), values);
            }
        }
        return groups;
    }

    private void version(String relation, JsonNode test) {
        Map<String, Object> condition =
                Map.of("version", Map.of("$v" + relation, test.get(1).asText()));
        Map<String, Object> attributes = Map.of("version", test.get(0).asText());
        boolean holds =
                Conditions.compile(condition, new LinearRegex()).condition().matches(attributes);
        report(holds == test.get(2).asBoolean(), "versionCompare " + relation, test);
    }

    private static Object plain(JsonNode json) {
        return JSON.convertValue(json, Object.class);
    }

    private void report(boolean passed, String group, JsonNode test) {
        report(passed ? Result.PASS : Result.FAIL, group, test);
    }

    private void report(Result result, String group, JsonNode test) {
        counts.merge(result, 1, Integer::sum);
        String shown = result == Result.FAIL || !test.path(0).isTextual()
                ? test.toString()
                : test.path(0).asText();
        out.println(result + " " + group + ": " + shown);
    }
}
