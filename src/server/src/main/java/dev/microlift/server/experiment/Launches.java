package dev.microlift.server.experiment;

import dev.microlift.assignment.BucketLayout;
import dev.microlift.assignment.BucketRange;
import dev.microlift.assignment.Bucketing;
import dev.microlift.assignment.LayoutOutcome;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes what a start freezes, and lets it grow with the traffic. Inside a change of configuration. */
@ApplicationScoped
class Launches {

    private final Journeys journeys;
    private final Layers layers;
    private final Holdouts holdouts;

    Launches(Journeys journeys, Layers layers, Holdouts holdouts) {
        this.journeys = journeys;
        this.layers = layers;
        this.holdouts = holdouts;
    }

    /** How many of a layer's buckets a share of it is. */
    static int bucketsOf(double traffic) {
        return (int) Math.round(traffic * Bucketing.BUCKETS);
    }

    /**
     * Starts an experiment.
     *
     * @throws ProblemException if it cannot be started as things are
     */
    Launch of(Definition definition) {
        Map<String, Integer> versions = new HashMap<>();
        definition.journeys().forEach(key -> versions.put(key, journeys.get(key).version()));
        requireEntryStep(definition);
        return new Launch(
                Seeds.draw(),
                layout(definition),
                versions,
                PlanHash.of(definition),
                definition
                        .inLayer()
                        .map(layer -> range(layer, definition, LayerSpace::take))
                        .orElse(null),
                heldOut(definition));
    }

    /** Another tool knows nothing of our holdouts. */
    private List<Launch.HeldOut> heldOut(Definition definition) {
        return definition.assignment() == AssignmentMode.EXTERNAL ? List.of() : holdouts.applyingTo(definition);
    }

    /** Journeys may have changed since the draft was written. */
    private void requireEntryStep(Definition definition) {
        References references = new CurrentReferences(new ExperimentJourneys(journeys, Optional.empty()));
        definition
                .entersBy()
                .flatMap(step -> references.entryStep(step, definition.journeys()))
                .ifPresent(misfit -> {
                    throw new ProblemException(ErrorCode.STATE_CONFLICT, "/" + misfit.field() + ": " + misfit.detail());
                });
    }

    /** The same start for more traffic; nobody's variant changes. */
    Launch widened(Launch launch, Definition wanted) {
        Launch.OwnRange present = launch.layer();
        if (present == null) {
            return launch.widened(wider(launch.layout(), layout(wanted)), null);
        }
        Launch.OwnRange wider = range(
                present.layer(),
                wanted,
                (space, width) -> space.widen(
                        wanted.key(), Math.max(width, present.range().width())));
        return launch.widened(launch.layout(), wider);
    }

    private Launch.OwnRange range(
            String key, Definition wanted, BiFunction<LayerSpace, Integer, Optional<BucketRange>> allocation) {
        Layers.Occupied layer = layers.get(key);
        LayerSpace space = layer.space();
        BucketRange range = allocation
                .apply(space, bucketsOf(wanted.traffic()))
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.IN_USE,
                        "the layer " + key + " has no room for a share of " + wanted.traffic() + " in one piece"
                                + (space.owns(wanted.key()) ? " around what the experiment has" : "") + ": "
                                + space.describe()));
        return new Launch.OwnRange(key, layer.layer().seed(), range);
    }

    /** Inside a layer's range all units take part; external assignment knows no buckets of ours at all. */
    private static BucketLayout layout(Definition definition) {
        boolean everybody = definition.assignment() == AssignmentMode.EXTERNAL
                || definition.inLayer().isPresent();
        LayoutOutcome outcome = BucketLayout.of(definition.weights(), everybody ? 1 : definition.traffic());
        if (!(outcome instanceof LayoutOutcome.Fits) && definition.assignment() == AssignmentMode.EXTERNAL) {
            outcome = BucketLayout.of(Collections.nCopies(definition.weights().size(), 1.0), 1);
        }
        if (outcome instanceof LayoutOutcome.Fits fits) {
            return fits.layout();
        }
        throw new ProblemException(
                ErrorCode.STATE_CONFLICT,
                "a variant is too narrow: every one needs at least " + BucketLayout.NARROWEST_ARM
                        + " of 10,000 buckets");
    }

    private static BucketLayout wider(BucketLayout present, BucketLayout wanted) {
        for (int i = 0; i < wanted.ranges().size(); i++) {
            BucketRange before = present.ranges().get(i);
            BucketRange after = wanted.ranges().get(i);
            if (after.fromBucket() != before.fromBucket() || after.toBucket() < before.toBucket()) {
                throw new IllegalStateException("growing the traffic would move units");
            }
        }
        return wanted;
    }
}
