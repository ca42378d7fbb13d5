package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Whether a data directory has one server only. */
final class SecondServer implements Program {

    private static final Duration EXIT = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "faults second";
    }

    @Override
    public String purpose() {
        return """
                starts a second server on the data directory of a running one. It must leave at once and name the process
                that holds the directory; the first one must not notice.""";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.JAR, Option.DIRECTORY);
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY))) {
            Launch launch = Launch.of(arguments.path(Option.JAR), workspace.folder("data"));
            progress.say("starting the first server");
            try (ServerUnderTest first = ServerUnderTest.start(launch)) {
                progress.say("starting the second server");
                return second(first, launch);
            }
        }
    }

    private static Figures second(ServerUnderTest first, Launch launch) throws IOException, InterruptedException {
        long start = System.nanoTime();
        ServerUnderTest second = ServerUnderTest.begin(launch);
        try {
            boolean left = second.endsWithin(EXIT);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Figures()
                    .require("the second server leaves by itself", left)
                    .require("after", seconds, "s", Bound.atMost((double) EXIT.toSeconds()))
                    .require("it says that it failed", second.refusal().orElse(0) != 0)
                    .require("it names the holder", second.output().contains(Long.toString(first.pid())))
                    .require("the first server is still ready", first.api().isReady())
                    .remark("it said: " + second.output().strip());
        } finally {
            // Not closed as others are: that would end the database, which is the first one's.
            second.abandon();
        }
    }
}
