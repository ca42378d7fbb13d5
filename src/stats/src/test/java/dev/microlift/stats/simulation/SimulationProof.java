package dev.microlift.stats.simulation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.stats.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures what the documentation claims: {@code [scale] [file]}, where scale 1 (the default) is the full proof and
 * file receives the figures as JSON. The table goes to standard output, progress to standard error. Exit code 0 if no
 * figure is more than 4 Monte-Carlo errors off its claim, 1 otherwise.
 */
public final class SimulationProof {

    private SimulationProof() {}

    static List<Study> studies() {
        return List.of(
                new MonitoringStudy(0.01, 2_000),
                new MonitoringStudy(0.05, 500),
                new MonitoringStudy(0.30, 100),
                new LiftCoverageStudy(0.01, 10, 0),
                new LiftCoverageStudy(0.01, 20, 0.2),
                new LiftCoverageStudy(0.01, 50, 0),
                new LiftCoverageStudy(0.01, 200, 0.2),
                new LiftCoverageStudy(0.05, 500, 0),
                new DecompositionStudy(20),
                new DecompositionStudy(100),
                new DecompositionStudy(10_000),
                new BoundsStudy(10_000, 0.05, 0, 0.1),
                new BoundsStudy(10_000, 0.02, 0.05, 0.3),
                new BoundsStudy(2_000, 0.02, -0.05, 0.2),
                new SampleRatioStudy(),
                new UniformityStudy(Kind.BINARY),
                new UniformityStudy(Kind.MEAN));
    }

    static List<Figure> measure(double scale, Consumer<String> progress) {
        Simulation simulation = new Simulation(scale, progress);
        List<Figure> figures = new ArrayList<>();
        studies().forEach(study -> figures.addAll(study.run(simulation)));
        return figures;
    }

    static String table(List<Figure> figures) {
        StringBuilder table =
                new StringBuilder("| figure | claim | nominal | measured | Monte-Carlo error | data sets |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (Figure figure : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s: %s | %s | %s | %s | %s | %d |%s%n",
                    figure.study(),
                    figure.name(),
                    words(figure.claim()),
                    percent(figure.nominal()),
                    percent(figure.measured()),
                    percent(figure.error()),
                    figure.replications(),
                    figure.holds() ? "" : " **OFF**"));
        }
        return table.toString();
    }

    private static String words(Figure.Claim claim) {
        return claim == Figure.Claim.NONE
                ? ""
                : claim.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * value);
    }

    private static ArrayNode json(List<Figure> figures) {
        ArrayNode list = JsonMapper.builder().build().createArrayNode();
        for (Figure figure : figures) {
            ObjectNode node = list.addObject();
            node.put("study", figure.study());
            node.put("figure", figure.name());
            node.put("claim", figure.claim().name());
            node.put("nominal", figure.nominal());
            node.put("measured", figure.measured());
            node.put("monteCarloError", figure.error());
            node.put("replications", figure.replications());
            node.put("holds", figure.holds());
        }
        return list;
    }

    /** Runs the proof and ends the program. */
    public static void main(String[] args) throws IOException {
        double scale = args.length > 0 ? Double.parseDouble(args[0]) : 1;
        List<Figure> figures = measure(scale, line -> System.err.print("\r" + line + "          "));
        System.err.println();
        System.out.print(table(figures));
        if (args.length > 1) {
            Files.writeString(Path.of(args[1]), json(figures).toPrettyString() + "\n");
        }
        System.out.flush();
        System.exit(figures.stream().allMatch(Figure::holds) ? 0 : 1);
    }
}
