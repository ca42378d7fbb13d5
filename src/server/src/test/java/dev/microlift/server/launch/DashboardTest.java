package dev.microlift.server.launch;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts ask for what the server tells: a metric or label that is renamed is missed here first. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class DashboardTest {

    private static final Path DEPLOY = Path.of("..", "..", "deploy");
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");
    private static final Pattern ALERT = Pattern.compile("^ *expr: (.+)$", Pattern.MULTILINE);
    private static final Pattern GROUPING = Pattern.compile(" by \\(([^)]*)\\) ");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z_]\\w*+)(?:\\{([^}]*)})?+(?!\\()");

    /** What Prometheus itself adds, and the words of its language. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    private static final Set<String> WORDS = Set.of("or", "up");

    @BeforeEach
    void useEverythingThatIsWatched() {
        asAdmin().get("/api/v1/journeys").then().statusCode(200);
        sending("{\"batch\": [{\"type\": \"track\", \"event\": \"x\"}]}").post("/v1/batch");
        System.gc();
    }

    @Test
    void everyMetricAndLabelOfTheDashboardIsTold() throws IOException {
        List<String> expressions = new ObjectMapper()
                .readTree(DEPLOY.resolve("grafana/dashboards/microlift.json").toFile())
                .findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(20);
        assertTold(expressions);
    }

    @Test
    void everyMetricAndLabelOfTheAlertsIsTold() throws IOException {
        List<String> expressions = ALERT.matcher(Files.readString(DEPLOY.resolve("prometheus/alerts.yml")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(expressions).hasSizeGreaterThan(4);
        assertTold(expressions);
    }

    /** The collector's pauses are told a moment after the fact, so it is asked again until the bound. */
    private static void assertTold(List<String> expressions) {
        long start = System.nanoTime();
        Set<String> missing;
        do {
            Map<String, Set<String>> told = told();
            missing = new TreeSet<>();
            for (String expression : expressions) {
                missing.addAll(missing(expression, told));
            }
        } while (!missing.isEmpty() && System.nanoTime() - start < BOUND.toNanos());
        assertThat(missing).isEmpty();
    }

    /** The labels of each metric of a scrape. */
    private static Map<String, Set<String>> told() {
        String scrape = RestAssured.get("/q/metrics").asString();
        return SAMPLE.matcher(scrape)
                .results()
                .collect(toMap(match -> match.group(1), match -> labels(match.group(2)), DashboardTest::union));
    }

    private static Set<String> labels(String matchers) {
        Set<String> labels = new HashSet<>();
        Matcher label = LABEL.matcher(matchers == null ? "" : matchers);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Set<String> missing(String expression, Map<String, Set<String>> told) {
        Set<String> missing = new TreeSet<>();
        Set<String> known = new HashSet<>(ADDED);
        String selectors =
                RANGE.matcher(GROUPING.matcher(expression).replaceAll("")).replaceAll("");
        for (MatchResult selector : SELECTOR.matcher(selectors).results().toList()) {
            String metric = selector.group(1);
            if (told.containsKey(metric)) {
                known.addAll(told.get(metric));
            } else if (!WORDS.contains(metric)) {
                missing.add(metric);
            }
        }
        Stream<String> matched = labels(selectors).stream();
        Stream<String> grouped = GROUPING.matcher(expression)
                .results()
                .flatMap(by -> Stream.of(by.group(1).split(", *", -1)));
        Stream.concat(matched, grouped)
                .filter(label -> !known.contains(label))
                .forEach(label -> missing.add(label + " in " + expression));
        return missing;
    }
}
