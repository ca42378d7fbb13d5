package dev.microlift.assignment.growthbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VectorsTest {

    private final ByteArrayOutputStream report = new ByteArrayOutputStream();

    @Test
    void everyPublishedSemanticHolds() throws IOException {
        try (InputStream vectors = Objects.requireNonNull(getClass().getResourceAsStream("/vectors.json"))) {
            Map<VectorRunner.Result, Integer> counts = runner().run(vectors);

            assertThat(report.toString(StandardCharsets.UTF_8).lines()).noneMatch(line -> line.startsWith("FAIL"));
            assertThat(counts).containsOnlyKeys(VectorRunner.Result.PASS);
            assertThat(counts.get(VectorRunner.Result.PASS)).isGreaterThan(450);
        }
    }

    @Test
    void runnerPrintsWhatFailsAndWhatItCannotRun() throws IOException {
        String vectors = """
                {"hash": [["seed", "user-1", 2, 0.5], ["seed", "user-1", 3, null]],
                 "evalCondition": [["equal", {"a": 1}, {"a": 1}, true]],
                 "decrypt": [["something else"]]}
                """;

        Map<VectorRunner.Result, Integer> counts =
                runner().run(new ByteArrayInputStream(vectors.getBytes(StandardCharsets.UTF_8)));

        assertThat(counts)
                .containsEntry(VectorRunner.Result.PASS, 2)
                .containsEntry(VectorRunner.Result.FAIL, 1)
                .containsEntry(VectorRunner.Result.SKIP, 1);
        assertThat(report.toString(StandardCharsets.UTF_8))
                .contains("FAIL hash: [\"seed\",\"user-1\",2,0.5]", "PASS evalCondition: equal", "SKIP decrypt");
    }

    private VectorRunner runner() {
        return new VectorRunner(new PrintStream(report, true, StandardCharsets.UTF_8));
    }
}
