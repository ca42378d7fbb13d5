package dev.microlift.benchmarks.trials;

/** The one law of every fault: what was acknowledged is there, each message once. */
final class Conservation {

    private Conservation() {}

    /**
     * Figures once everything was sent again that had not been acknowledged.
     *
     * @param isSettled whether all of it is acknowledged now
     */
    static Figures figures(Ledger ledger, boolean isSettled, long stored) {
        return new Figures()
                .require("everything acknowledged in the end", isSettled)
                .requireSome("messages acknowledged", ledger.acknowledgedMessages())
                .tell("messages sent", ledger.sentMessages())
                .tell("messages stored", stored)
                .requireNone("messages missing", Math.max(0, ledger.sentMessages() - stored))
                .requireNone("messages stored twice", Math.max(0, stored - ledger.sentMessages()));
    }
}
