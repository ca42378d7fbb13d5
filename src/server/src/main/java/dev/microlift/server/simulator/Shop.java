package dev.microlift.server.simulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The truth about the shop, as stated by whoever runs it: how often visitors of each variant do each step.
 *
 * @param rates of each step, the share of control's visitors who do it among those who did the step before (of the
 *     first step, among the exposed); 0 to 1
 * @param effects of each step, the relative change of that rate in treatment; -1 or more
 * @param meanRevenue mean of an order's value in both variants, in units of currency
 */
record Shop(Map<ShopStep, Double> rates, Map<ShopStep, Double> effects, double meanRevenue) {

    Shop {
        EnumMap<ShopStep, Double> everyRate = new EnumMap<>(DEFAULT_RATES);
        everyRate.putAll(rates);
        EnumMap<ShopStep, Double> everyEffect = new EnumMap<>(NO_EFFECTS);
        everyEffect.putAll(effects);
        everyRate.forEach((step, rate) -> {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("the base rate of " + step.key() + " must be from 0 to 1");
            }
        });
        everyEffect.forEach((step, effect) -> {
            if (!(effect >= -1 && Double.isFinite(effect))) {
                throw new IllegalArgumentException("the effect on " + step.key() + " must be -100% or more");
            }
        });
        if (!(meanRevenue > 0 && meanRevenue <= 1e9)) {
            throw new IllegalArgumentException("the mean revenue must be above 0 and at most 1e9");
        }
        rates = Collections.unmodifiableMap(everyRate);
        effects = Collections.unmodifiableMap(everyEffect);
    }

    static final Map<ShopStep, Double> DEFAULT_RATES =
            Map.of(ShopStep.SEARCH, 0.6, ShopStep.VIEW, 0.7, ShopStep.CART, 0.3, ShopStep.PURCHASE, 0.4);

    /** What is played when no effect is stated. */
    static final Map<ShopStep, Double> DEFAULT_EFFECTS = Map.of(ShopStep.CART, 0.1);

    private static final Map<ShopStep, Double> NO_EFFECTS =
            Map.of(ShopStep.SEARCH, 0.0, ShopStep.VIEW, 0.0, ShopStep.CART, 0.0, ShopStep.PURCHASE, 0.0);

    /** The share of an arm's visitors who do a step, among those who did the step before; never above 1. */
    double conditionalRate(ShopStep step, Arm arm) {
        double base = rates.getOrDefault(step, 0.0);
        return switch (arm) {
            case CONTROL -> base;
            case TREATMENT -> Math.min(1, base * (1 + effects.getOrDefault(step, 0.0)));
        };
    }

    /** True if the stated effect would raise the rate above 1, so that a smaller one is played. */
    boolean isClipped(ShopStep step) {
        return rates.getOrDefault(step, 0.0) * (1 + effects.getOrDefault(step, 0.0)) > 1;
    }

    /** The share of an arm's exposed visitors who do a step: the product of the conditional rates up to it. */
    double rate(ShopStep step, Arm arm) {
        return step.upToHere().stream()
                .mapToDouble(each -> conditionalRate(each, arm))
                .reduce(1, (product, rate) -> product * rate);
    }

    /** The relative difference of treatment's rate to control's; NaN when control never does the step. */
    double lift(ShopStep step) {
        return rate(step, Arm.TREATMENT) / rate(step, Arm.CONTROL) - 1;
    }
}
