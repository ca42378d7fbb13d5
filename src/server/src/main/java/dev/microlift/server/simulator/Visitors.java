package dev.microlift.server.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everybody who comes to the shop. A unit has its own random numbers and draws all of them in one order, so what it
 * does depends on the seed, its number and its variant alone; and it differs between variants only where their rates do.
 */
final class Visitors {

    /** No visit takes longer, so a visit that began this long before the run is over when the run begins. */
    static final Duration LONGEST_VISIT = Duration.ofMinutes(30);

    private static final double SHORTEST_GAP_SECONDS = 2;
    private static final double GAP_SPREAD_SECONDS = 240;

    /** Spread of the logarithm of an order's value. */
    private static final double REVENUE_SIGMA = 0.7;

    private final Shop shop;
    private final Crowd crowd;

    Visitors(Shop shop, Crowd crowd) {
        this.shop = shop;
        this.crowd = crowd;
    }

    /** What is known about a unit before it has a variant. */
    Attributes attributes(long unit) {
        return Attributes.draw(new UnitRandom(crowd.seed(), unit));
    }

    /** What a unit does in a variant. */
    Visit visit(long unit, Arm arm) {
        UnitRandom random = new UnitRandom(crowd.seed(), unit);
        Attributes attributes = Attributes.draw(random);
        Duration age =
                LONGEST_VISIT.plus(seconds(random.uniform() * crowd.spread().toSeconds()));
        boolean lost = random.uniform() < crowd.lostInTreatment() && arm == Arm.TREATMENT;
        boolean crossesOver = random.uniform() < crowd.crossover();
        double orderValue = orderValue(random.normal());
        List<Visit.Act> acts = new ArrayList<>();
        double elapsed = 0;
        boolean here = true;
        for (ShopStep step : ShopStep.values()) {
            double willingness = random.uniform();
            elapsed += gap(random.uniform());
            here = here && willingness < shop.conditionalRate(step, arm);
            if (here) {
                acts.add(new Visit.Act(step, seconds(elapsed)));
            }
        }
        double last = elapsed + gap(random.uniform());
        Optional<Duration> crossover = crossesOver ? Optional.of(seconds(last)) : Optional.empty();
        return new Visit(attributes, age, lost, crossover, acts, orderValue);
    }

    /** Log-normal: {@code exp(mu + sigma z)} has the mean {@code exp(mu + sigma²/2)}; in cents, at least one. */
    private double orderValue(double normal) {
        double mu = StrictMath.log(shop.meanRevenue()) - REVENUE_SIGMA * REVENUE_SIGMA / 2;
        return Math.max(1, Math.rint(StrictMath.exp(mu + REVENUE_SIGMA * normal) * 100)) / 100;
    }

    /** Mostly some seconds, at most some minutes. */
    private static double gap(double uniform) {
        return SHORTEST_GAP_SECONDS + GAP_SPREAD_SECONDS * uniform * uniform;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
