package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.util.List;

/** Something that can be run by name and ends with figures. */
interface Program {

    /** The words that name it on the command line. */
    String name();

    /** What it does and what it finds out, for {@code --help}. */
    String purpose();

    /** What it may be told. */
    List<Option> options();

    /** Runs to its end, which is bounded in time. */
    Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException;
}
