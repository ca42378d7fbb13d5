package dev.microlift.assignment.growthbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs vectors of the form {@code {group: [case…]}}, as the published SDK specification has them, and prints pass, fail or
 * skip for each case and the counts at the end. The exit status is 1 if a case failed.
 *
 * <p>After the server was packaged (which compiles tests and gathers libraries), from the project's root:
 *
 * <pre>{@code
 * java -cp 'src/assignment/target/test-classes:src/server/target/quarkus-app/lib/main/*' \
 *     dev.microlift.assignment.growthbook.VectorRunner FILE
 * }</pre>
 *
 * <p>Groups with a check: see {@link ConditionVectors}, {@link BucketVectors} and {@link FeatureVectors}. Others are
 * skipped, because nobody here does that: decryption, redirects and changes to pages.
 */
final class VectorRunner {

    /** What became of a case. */
    enum Result {
        PASS,
        FAIL,
        SKIP
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final Map<Result, Integer> counts = new EnumMap<>(Result.class);
    private final Map<String, Predicate<JsonNode>> checks = new HashMap<>();

    VectorRunner(PrintStream out) {
        this.out = out;
        checks.putAll(ConditionVectors.CHECKS);
        checks.putAll(BucketVectors.CHECKS);
        checks.putAll(FeatureVectors.CHECKS);
    }

    /** Runs a file of vectors. */
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
            if (group.getKey().equals("versionCompare")) {
                group.getValue()
                        .properties()
                        .forEach(relation -> check(
                                "versionCompare " + relation.getKey(),
                                relation.getValue(),
                                test -> ConditionVectors.version(relation.getKey(), test)));
            } else {
                check(group.getKey(), group.getValue(), checks.get(group.getKey()));
            }
        }
        return counts;
    }

    private void check(String group, JsonNode tests, @Nullable Predicate<JsonNode> check) {
        for (JsonNode test : tests) {
            if (check == null) {
                report(Result.SKIP, group, test);
            } else {
                report(passes(check, test) ? Result.PASS : Result.FAIL, group, test);
            }
        }
    }

    /** A case of an unexpected form fails like any other, so that the rest still runs. */
    private boolean passes(Predicate<JsonNode> check, JsonNode test) {
        try {
            return check.test(test);
        } catch (RuntimeException e) {
            out.println(e);
            return false;
        }
    }

    private void report(Result result, String group, JsonNode test) {
        counts.merge(result, 1, Integer::sum);
        String shown = result == Result.FAIL || !test.path(0).isTextual()
                ? test.toString()
                : test.path(0).asText();
        out.println(result + " " + group + ": " + shown);
    }
}
