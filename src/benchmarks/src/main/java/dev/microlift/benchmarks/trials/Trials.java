package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line: names a program, gives it its arguments, and prints what it found. */
public final class Trials {

    private static final int HELD = 0;
    private static final int BROKEN = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private static final List<Program> PROGRAMS = List.of(
            new Load(),
            new Overload(),
            new Kill(),
            new FullDisk(),
            new FailingSync(),
            new SecondServer(),
            new CorruptLog(),
            new SmallHeap(),
            new MovedClock(),
            new Permutations(),
            new ReportSpeed(),
            new EvaluationSpeed());

    private Trials() {}

    /** Runs one program; exits with 0 if every bound was kept, 1 if not, 2 if the arguments were wrong. */
    public static void main(String... args) throws InterruptedException {
        System.exit(run(new ArrayList<>(List.of(args))));
    }

    private static int run(List<String> words) throws InterruptedException {
        Optional<Program> found =
                PROGRAMS.stream().filter(program -> named(program, words)).findFirst();
        if (found.isEmpty()) {
            System.out.print(help());
            return words.isEmpty() || words.contains("--help") ? HELD : WRONG_ARGUMENTS;
        }
        Program program = found.get();
        List<String> given = words.subList(program.name().split(" ").length, words.size());
        if (given.contains("--help")) {
            System.out.print(help(program));
            return HELD;
        }
        return run(program, given);
    }

    private static boolean named(Program program, List<String> words) {
        List<String> name = List.of(program.name().split(" "));
        return words.size() >= name.size() && words.subList(0, name.size()).equals(name);
    }

    private static int run(Program program, List<String> given) throws InterruptedException {
        boolean isJson = given.remove("--json");
        try {
            Figures figures = program.run(Arguments.parse(program.options(), given), new Progress(System.err));
            System.out.println(
                    isJson ? FigureJson.text(program.name(), figures) : FigureTable.text(program.name(), figures));
            return figures.hold() ? HELD : BROKEN;
        } catch (IllegalArgumentException wrong) {
            System.err.println(program.name() + ": " + wrong.getMessage());
            return WRONG_ARGUMENTS;
        } catch (IOException | IllegalStateException failure) {
            System.err.println(program.name() + ": FAIL, it could not be run to its end: " + failure);
            return BROKEN;
        }
    }

    private static String help() {
        StringBuilder text = new StringBuilder("Loads and breaks a packaged server. Programs (each has a --help):\n\n");
        PROGRAMS.forEach(program -> text.append("  ").append(program.name()).append('\n'));
        return text.append("\nExit codes: 0 every bound kept or skipped, 1 a bound broken, 2 wrong arguments.\n")
                .toString();
    }

    private static String help(Program program) {
        StringBuilder text = new StringBuilder(program.name()).append(": ").append(program.purpose());
        text.append("\n\nOptions:\n");
        for (Option option : program.options()) {
            text.append("  ").append(option.name()).append("  ").append(option.meaning());
            text.append(option.fallback().isEmpty() ? "" : " (" + option.fallback() + ")")
                    .append('\n');
        }
        return text.append("  --json  the figures as JSON\n").toString();
    }
}
