package dev.microlift.benchmarks.assignment;

import dev.microlift.openfeature.Microlift;
import java.util.Map;

/** Ours, called directly. */
final class MicroliftSdk implements Sdk {

    private final Microlift client =
            Microlift.start(Experiments.offline().recordExposures(false).build());
    private final String[] units;

    MicroliftSdk(String[] units) {
        this.units = units;
    }

    @Override
    public boolean treats(int unit, String experiment) {
        return client.assign(experiment, units[unit], Map.of()).booleanOr(false);
    }

    @Override
    public Object all(int unit) {
        return client.assignAll(units[unit], Map.of());
    }

    @Override
    public void close() {
        client.close();
    }
}
