package dev.microlift.stats.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the cases of a reference file through the library: {@code <method> <file>}. One JSON line for each case,
 * {@code {"name": ..., "actual": {...}}} with the fields that are expected; what disagrees goes to standard error.
 * Exit code 0 if all cases agree, 1 if one does not, 2 if the call is wrong.
 */
public final class GoldenRunner {

    private GoldenRunner() {}

    /** Runs the file and ends the program. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: <method> <file>, a method of " + GoldenMethods.names());
            System.exit(2);
        }
        List<GoldenCase> cases = GoldenCase.read(Files.newInputStream(Path.of(args[1])));
        boolean agree = run(args[0], cases, System.out, System.err);
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(agree ? 0 : 1); // not exit: Maven would then colour the end of the output
    }

    static boolean run(String method, List<GoldenCase> cases, PrintStream out, PrintStream err)
            throws JsonProcessingException {
        boolean agree = true;
        for (GoldenCase golden : cases) {
            ObjectNode actual = golden.actual(method);
            ObjectNode line = GoldenCase.MAPPER.createObjectNode();
            line.put("name", golden.name());
            line.set("actual", actual);
            out.println(GoldenCase.MAPPER.writeValueAsString(line));
            for (String disagreement : golden.disagreements(actual)) {
                err.println(method + ": " + golden.name() + ": " + disagreement);
                agree = false;
            }
        }
        return agree;
    }
}
