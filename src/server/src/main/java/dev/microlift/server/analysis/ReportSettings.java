package dev.microlift.server.analysis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the figures behind reports. */
@ConfigMapping(prefix = "microlift.report")
public interface ReportSettings {

    /** How long the figures of one answer may take; then it is given up. */
    @WithDefault("PT60S")
    Duration timeout();

    /** How many answers are worked on at once; others wait. */
    @WithDefault("2")
    int atOnce();

    /** How many experiments and journeys keep their units at hand, so that only news has to be looked at. */
    @WithDefault("32")
    int kept();

    /** After what time without a question their units are let go. */
    @WithDefault("P1D")
    Duration keptFor();

    /** A file with rules of channels in place of the built-in ones. */
    Optional<Path> channels();
}
