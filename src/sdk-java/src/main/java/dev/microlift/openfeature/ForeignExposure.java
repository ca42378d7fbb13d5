package dev.microlift.openfeature;

import dev.microlift.assignment.growthbook.ExperimentResult;
import dev.microlift.assignment.growthbook.Exposure;

/** A unit has entered an experiment of a foreign feature. */
record ForeignExposure(ExposureKind kind, UnitIds units) {

    static ForeignExposure of(Exposure exposure) {
        ExperimentResult result = exposure.result();
        return new ForeignExposure(
                new ExposureKind(exposure.experimentKey(), run(exposure), result.key()),
                new UnitIds.One(
                        ForeignFlag.unitTypeOf(result.hashAttribute()),
                        result.hashValue().toString()));
    }

    /** A new phase or another seed is another run. */
    private static String run(Exposure exposure) {
        Object seed = exposure.experiment().get("seed");
        Object phase = exposure.experiment().get("phase");
        String of = seed == null ? exposure.experimentKey() : seed.toString();
        return phase == null ? of : of + " " + phase;
    }
}
