package dev.microlift.benchmarks.trials;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The server's metrics at one moment; series of one name are added up. */
final class Metrics {

    private final Map<String, Double> values;

    private Metrics(Map<String, Double> values) {
        this.values = values;
    }

    /** Reads the text format that monitoring systems scrape. */
    static Metrics of(String text) {
        Map<String, Double> values = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#") && line.contains(" ")).forEach(line -> {
            int value = line.lastIndexOf(' ');
            int labels = line.indexOf('{');
            String name = line.substring(0, labels < 0 ? value : labels);
            values.merge(name, number(line.substring(value + 1)), Double::sum);
        });
        return new Metrics(values);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    OptionalDouble value(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** All values whose name begins so, by name. */
    Map<String, Double> startingWith(String prefix) {
        Map<String, Double> found = new HashMap<>(values);
        found.keySet().removeIf(name -> !name.startsWith(prefix));
        return found;
    }
}
