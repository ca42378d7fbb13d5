package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** One run, from setting up to the comparison with the truth. */
final class Simulation {

    private final Caller server;
    private final Names names;
    private final Shop shop;
    private final Crowd crowd;
    private final Play.Pace pace;
    private final Clock clock;
    private final Output output;

    /**
     * Where a run writes to.
     *
     * @param results for what was found
     * @param progress for how far it is
     * @param terminal true if somebody watches the progress
     */
    record Output(PrintWriter results, PrintWriter progress, boolean terminal) {

        void print(String line) {
            results.println(line);
            results.flush();
        }
    }

    Simulation(Caller server, Names names, Shop shop, Crowd crowd, Play.Pace pace, Clock clock, Output output) {
        this.server = server;
        this.names = names;
        this.shop = shop;
        this.crowd = crowd;
        this.pace = pace;
        this.clock = clock;
        this.output = output;
    }

    /** Sets up, plays and reports. */
    void run() {
        Caller brisk = server.with(RetryPolicy.BRISK);
        new Setup(brisk, new Variants(brisk, names.experiment()), names).prepare(crowd.units());
        output.print("Playing " + Scoreboard.count(crowd.units()) + " units of seed " + crowd.seed() + " in experiment "
                + names.experiment() + " on journey " + names.journey());
        play();
        report();
    }

    private void play() {
        Tally tally = new Tally();
        Caller patient = server.with(RetryPolicy.PATIENT);
        Play play = new Play(
                patient,
                new Variants(patient, names.experiment()),
                new Visitors(shop, crowd),
                new Messages(names.experiment(), crowd.seed(), clock.instant()),
                pace,
                tally,
                clock);
        Duration elapsed;
        try (Progress progress = Progress.begin(output.progress(), output.terminal(), crowd.units(), tally, clock)) {
            play.play(crowd.units());
            elapsed = progress.elapsed();
        }
        print(tally.counts(), elapsed);
    }

    private void print(Tally.Counts counts, Duration elapsed) {
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        output.print(String.format(
                Locale.ROOT,
                "Sent %,d messages in %.1f s (%,.0f/s): %,d accepted, %,d duplicates, %,d rejected",
                counts.messages(),
                seconds,
                counts.messages() / seconds,
                counts.accepted(),
                counts.duplicates(),
                counts.rejected()));
        for (Map.Entry<String, Tally.Rejection> each : counts.rejections().entrySet()) {
            output.print("  rejected " + Scoreboard.count(each.getValue().count()) + " as " + each.getKey() + ": "
                    + each.getValue().example());
        }
        if (counts.outside() > 0) {
            output.print(Scoreboard.count(counts.outside()) + " units are outside the experiment");
        }
        if (counts.lost() > 0) {
            output.print(Scoreboard.count(counts.lost()) + " units of treatment were lost, as asked for");
        }
    }

    /** Reads the report and prints it beside the truth. */
    void report() {
        JsonNode report = server.with(RetryPolicy.BRISK)
                .get("/api/v1/experiments/" + names.experiment() + "/report")
                .orFail();
        new Scoreboard(shop).lines(Findings.read(report)).forEach(output::print);
    }
}
