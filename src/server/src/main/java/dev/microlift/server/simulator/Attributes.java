package dev.microlift.server.simulator;

/**
 * What is known about a visitor before anything happens; frozen at exposure, so that reports can be broken down by it.
 *
 * @param channel where the visitor came from
 */
record Attributes(String device, String channel) {

    static Attributes draw(UnitRandom random) {
        double device = random.uniform();
        double channel = random.uniform();
        return new Attributes(
                device < 0.6 ? "mobile" : device < 0.93 ? "desktop" : "tablet",
                channel < 0.4 ? "search" : channel < 0.65 ? "direct" : channel < 0.85 ? "social" : "mail");
    }
}
