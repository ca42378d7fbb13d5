package dev.microlift.server.report;

import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Units;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who was exposed.
 *
 * @param exposed every exposed unit: matured, open, crossovers and overridden add up to it
 * @param matured compared units whose window has closed
 * @param open compared units whose window has not: it goes on, or the experiment's end cut it short
 * @param crossovers units that saw two variants: in no comparison
 * @param overridden units whose variant was set by hand: in no comparison
 * @param bots units that only robots' exposures speak of; not among the exposed
 * @param strayExposures exposures to variants that the experiment does not have
 */
public record PopulationBlock(
        long exposed,
        long matured,
        long open,
        long crossovers,
        long overridden,
        long bots,
        long strayExposures,
        List<VariantUnits> perVariant) {

    /**
     * Compared units of one variant.
     *
     * @param weight the share that is expected of it
     */
    public record VariantUnits(String variant, double weight, long exposed, long matured) {}

    static PopulationBlock of(Answer answer, List<Double> shares) {
        Units units = answer.units();
        long compared = answer.arms().stream().mapToLong(Arm::exposed).sum();
        long matured = answer.arms().stream().mapToLong(Arm::matured).sum();
        return new PopulationBlock(
                units.exposed(),
                matured,
                compared - matured,
                units.crossovers(),
                units.overridden(),
                units.bots(),
                units.strays(),
                IntStream.range(0, shares.size())
                        .mapToObj(i -> {
                            Arm arm = answer.arms().get(i);
                            return new VariantUnits(arm.variant(), shares.get(i), arm.exposed(), arm.matured());
                        })
                        .toList());
    }
}
