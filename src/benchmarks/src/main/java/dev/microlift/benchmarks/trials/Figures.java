package dev.microlift.benchmarks.trials;

import java.util.ArrayList;
import java.util.List;

/** What a program found, in the order in which it is told. */
final class Figures {

    private final List<Figure> all = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean skipped;

    /** The answer of a program that cannot run here. */
    static Figures skipped(String why) {
        Figures figures = new Figures();
        figures.skipped = true;
        return figures.remark(why);
    }

    Figures tell(String name, double value, String unit) {
        all.add(new Figure(name, value, unit, null));
        return this;
    }

    /** Tells a count. */
    Figures tell(String name, long count) {
        return tell(name, (double) count, "");
    }

    /** A count that must be zero. */
    Figures requireNone(String name, long count) {
        return require(name, (double) count, "", Bound.atMost(0));
    }

    /** A count that must not be zero. */
    Figures requireSome(String name, long count) {
        return require(name, (double) count, "", Bound.atLeast(1));
    }

    Figures require(String name, double value, String unit, Bound bound) {
        all.add(new Figure(name, value, unit, bound));
        return this;
    }

    Figures add(Figure figure) {
        all.add(figure);
        return this;
    }

    /** A fact that must hold. */
    Figures require(String fact, boolean holds) {
        return require(fact, holds ? 1 : 0, "", Bound.atLeast(1));
    }

    /** Something a reader should know beside the figures. */
    Figures remark(String text) {
        remarks.add(text);
        return this;
    }

    List<Figure> all() {
        return List.copyOf(all);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Whether nothing was found out, because this machine lacks something. */
    boolean isSkipped() {
        return skipped;
    }

    /** Whether every bound was kept. */
    boolean hold() {
        return all.stream().allMatch(Figure::holds);
    }

    /** In one word. */
    String verdict() {
        if (skipped) {
            return "SKIPPED";
        }
        return hold() ? "PASS" : "FAIL";
    }
}
