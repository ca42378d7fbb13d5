package dev.microlift.server.analysis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the reports that tests ask for. */
record SmallReports(Duration timeout, int atOnce, int kept, Duration keptFor) implements ReportSettings {

    SmallReports() {
        this(Duration.ofMinutes(5), 2, 4, Duration.ofDays(1));
    }

    @Override
    public Optional<Path> channels() {
        return Optional.empty();
    }
}
