package dev.microlift.server.report.trust;

import dev.microlift.stats.SampleRatio;
import java.util.Collection;

/** What a check says; later ones are worse. */
public enum Judgement {
    /** Nothing to see. */
    OK,
    /** Worth a look; figures may be read. */
    WARN,
    /** The figures cannot be believed. */
    INVALID;

    /** The worst of several. */
    static Judgement worst(Collection<Judgement> all) {
        return all.stream().max(Enum::compareTo).orElse(OK);
    }

    /** Counts that no plan can produce are a fault of the logging, which is no better. */
    static Judgement of(SampleRatio.Result result) {
        return result.verdict() == null ? INVALID : valueOf(result.verdict().name());
    }
}
