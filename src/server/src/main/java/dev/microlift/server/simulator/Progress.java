package dev.microlift.server.simulator;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says how far the run is: on a terminal in one line that is written over, elsewhere in a line every few seconds. */
final class Progress implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    /** Clears the rest of a line that was longer before. */
    private static final int LINE_WIDTH = 78;

    private final PrintWriter out;
    private final boolean terminal;
    private final long units;
    private final Tally tally;
    private final Clock clock;
    private final Instant begin;
    private final ScheduledExecutorService ticker;

    private Progress(PrintWriter out, boolean terminal, long units, Tally tally, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.units = units;
        this.tally = tally;
        this.clock = clock;
        this.begin = clock.instant();
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to report until it is closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
    static Progress begin(PrintWriter out, boolean terminal, long units, Tally tally, Clock clock) {
        Progress progress = new Progress(out, terminal, units, tally, clock);
        long millis = (terminal ? ON_TERMINAL : ELSEWHERE).toMillis();
        progress.ticker.scheduleAtFixedRate(progress::print, millis, millis, TimeUnit.MILLISECONDS);
        return progress;
    }

    private void print() {
        String line = line(tally.counts(), units, elapsed());
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, LINE_WIDTH - line.length())));
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** How long it has been going on. */
    Duration elapsed() {
        return Duration.between(begin, clock.instant());
    }

    static String line(Tally.Counts counts, long units, Duration elapsed) {
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        String left = counts.units() == 0
                ? "?"
                : time(Duration.ofSeconds(Math.round(seconds / counts.units() * (units - counts.units()))));
        return String.format(
                Locale.ROOT,
                "%,d of %,d units, %,.0f messages/s, %s left",
                counts.units(),
                units,
                counts.messages() / seconds,
                left);
    }

    private static String time(Duration duration) {
        return duration.toMinutes() == 0
                ? duration.toSeconds() + " s"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        if (terminal) {
            out.print("\r" + " ".repeat(LINE_WIDTH) + "\r");
            out.flush();
        }
    }
}
