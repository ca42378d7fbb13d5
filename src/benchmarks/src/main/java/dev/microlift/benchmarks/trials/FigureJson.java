package dev.microlift.benchmarks.trials;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes figures for programs. */
final class FigureJson {

    private FigureJson() {}

    static String text(String program, Figures figures) {
        return "{\"program\": " + quoted(program) + ", \"verdict\": " + quoted(figures.verdict()) + ", \"figures\": "
                + figures.all().stream().map(FigureJson::figure).collect(Collectors.joining(", ", "[", "]"))
                + ", \"remarks\": " + texts(figures.remarks()) + "}";
    }

    private static String figure(Figure figure) {
        @Nullable Bound bound = figure.bound();
        return "{\"name\": " + quoted(figure.name()) + ", \"value\": " + number(figure.value()) + ", \"unit\": "
                + quoted(figure.unit())
                + (bound == null
                        ? ""
                        : ", \"" + (bound.isLeast() ? "atLeast" : "atMost") + "\": " + number(bound.limit())
                                + ", \"met\": " + figure.holds())
                + "}";
    }

    private static String texts(List<String> texts) {
        return texts.stream().map(FigureJson::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c < ' ' ? ' ' : c);
            }
        }
        return quoted.append('"').toString();
    }
}
