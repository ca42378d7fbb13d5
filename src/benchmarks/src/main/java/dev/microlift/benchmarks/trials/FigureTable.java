package dev.microlift.benchmarks.trials;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes figures for people. */
final class FigureTable {

    private static final String ROW = "%-64s %12s %-10s %-12s %s%n";

    private FigureTable() {}

    static String text(String program, Figures figures) {
        StringBuilder text = new StringBuilder();
        if (!figures.all().isEmpty()) {
            text.append(String.format(Locale.ROOT, ROW, "figure", "value", "unit", "bound", ""));
        }
        for (Figure figure : figures.all()) {
            text.append(row(figure));
        }
        figures.remarks().forEach(remark -> text.append(remark).append(System.lineSeparator()));
        return text.append(program).append(": ").append(figures.verdict()).toString();
    }

    private static String row(Figure figure) {
        @Nullable Bound bound = figure.bound();
        return String.format(
                Locale.ROOT,
                ROW,
                figure.name(),
                number(figure.value()),
                figure.unit(),
                bound == null ? "" : (bound.isLeast() ? ">= " : "<= ") + number(bound.limit()),
                bound == null ? "" : figure.holds() ? "met" : "NOT MET");
    }

    /** Whole numbers as they are, others with as many decimals as say something. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        if (value == Math.rint(value) || Math.abs(value) >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
    }
}
