package dev.microlift.server.eventlog;

/** Which variant of which experiment a unit saw. Neither needs to exist here: other tools assign too. */
public record Exposure(String experiment, String variant) {

    /** The track event that is an exposure. */
    public static final String EVENT = "Experiment Viewed";
}
