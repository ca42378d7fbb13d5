package dev.microlift.benchmarks.trials;

/** Traffic that goes on beside the trial until it is told to stop. */
final class Sending implements AutoCloseable {

    private final Traffic traffic;
    private final Background<Tally> tally;

    private Sending(Traffic traffic, Background<Tally> tally) {
        this.traffic = traffic;
        this.tally = tally;
    }

    static Sending start(Traffic traffic) {
        return new Sending(traffic, Background.start(traffic::untilStopped));
    }

    /** Ends the traffic and says what came of it. */
    Tally stop() throws InterruptedException {
        traffic.stop();
        return tally.await();
    }

    @Override
    public void close() {
        traffic.stop();
    }
}
