package dev.microlift.server.simulator;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what the report found beside the truth that was stated. */
final class Scoreboard {

    private static final String ROW = "%-9s %9s %10s %9s  %-20s %9s  %-8s %8s %8s";

    private final Shop shop;

    Scoreboard(Shop shop) {
        this.shop = shop;
    }

    List<String> lines(Findings findings) {
        Stream<String> head = Stream.of(
                exposed(findings),
                "",
                row(
                        "step",
                        "control",
                        "treatment",
                        "lift",
                        interval(findings.level()),
                        "true lift",
                        "covered",
                        "p",
                        "adj. p"));
        Stream<String> steps = Stream.of(ShopStep.values()).map(step -> step(step, findings.steps()));
        return Stream.of(head, steps, tail(findings)).flatMap(each -> each).toList();
    }

    private Stream<String> tail(Findings findings) {
        Stream<String> clipped = Stream.of(ShopStep.values())
                .filter(shop::isClipped)
                .map(step -> "The rate of " + step.key() + " cannot pass 100 %: a smaller effect was played.");
        return Stream.of(
                        Stream.of("* the goal"),
                        clipped,
                        revenue(findings),
                        Stream.of(findings.verdict())
                                .filter(verdict -> !verdict.isEmpty())
                                .map(verdict -> "Verdict: " + verdict))
                .flatMap(each -> each);
    }

    private static String exposed(Findings findings) {
        String perVariant = findings.exposed().entrySet().stream()
                .map(entry -> entry.getKey().key() + " " + count(entry.getValue()))
                .collect(Collectors.joining(", "));
        Findings.SampleRatio ratio = findings.sampleRatio();
        return "Exposed: " + perVariant + "; sample ratio " + ratio.verdict()
                + (ratio.pValue().isPresent() ? " (p = " + probability(ratio.pValue()) + ")" : "") + "; crossovers "
                + count(findings.crossovers());
    }

    private String step(ShopStep step, Map<ShopStep, Findings.Finding> found) {
        String name = step == ShopStep.GOAL ? step.key() + "*" : step.key();
        double truth = shop.lift(step);
        Findings.Finding finding = found.get(step);
        if (finding == null) {
            return row(name, "-", "-", "-", "not in the report", change(OptionalDouble.of(truth)), "-", "-", "-");
        }
        return row(
                name,
                rate(finding, Arm.CONTROL),
                rate(finding, Arm.TREATMENT),
                change(finding.lift()),
                finding.interval().map(Scoreboard::interval).orElse("-"),
                change(OptionalDouble.of(truth)),
                finding.interval()
                        .map(interval -> interval.covers(truth) ? "yes" : "no")
                        .orElse("-"),
                probability(finding.pValue()),
                probability(finding.adjustedPValue()));
    }

    private Stream<String> revenue(Findings findings) {
        Findings.Finding goal = findings.steps().get(ShopStep.GOAL);
        if (goal == null || goal.meanValues().isEmpty()) {
            return Stream.empty();
        }
        String means = goal.meanValues().entrySet().stream()
                .map(entry -> entry.getKey().key() + " " + format("%.3f", entry.getValue()) + " (true "
                        + format("%.3f", shop.meanRevenue() * shop.rate(ShopStep.GOAL, entry.getKey())) + ")")
                .collect(Collectors.joining(", "));
        String lift = change(goal.valueLift())
                + goal.valueInterval().map(interval -> " " + interval(interval)).orElse("") + " (true "
                + change(OptionalDouble.of(shop.lift(ShopStep.GOAL))) + ")";
        return Stream.of("Revenue per unit: " + means, "Lift of revenue per unit: " + lift);
    }

    private static String interval(OptionalDouble level) {
        return level.isPresent()
                ? format(
                        "%s %% interval",
                        BigDecimal.valueOf(level.getAsDouble())
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString())
                : "interval";
    }

    private static String row(String... cells) {
        return format(ROW, (Object[]) cells).stripTrailing();
    }

    private static String rate(Findings.Finding finding, Arm arm) {
        Double rate = finding.rates().get(arm);
        return rate == null ? "-" : format("%.2f %%", rate * 100);
    }

    private static String interval(Findings.Interval interval) {
        return "[" + format("%+.2f %%", interval.lower() * 100) + ", " + format("%+.2f %%", interval.upper() * 100)
                + "]";
    }

    private static String change(OptionalDouble change) {
        return change.isEmpty() || Double.isNaN(change.getAsDouble())
                ? "-"
                : format("%+.2f %%", change.getAsDouble() * 100);
    }

    private static String probability(OptionalDouble p) {
        if (p.isEmpty()) {
            return "-";
        }
        return p.getAsDouble() < 0.0001 ? "<0.0001" : format("%.4f", p.getAsDouble());
    }

    static String count(long number) {
        return format("%,d", number);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
